using System.Text.Json;
using System.Text.Json.Nodes;
using Line;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Owned;

/// <summary>A menu or audience that was asked for and may have been made: LINE's answer never came.</summary>
/// <param name="Asked">What was asked for, as LINE got it: of a menu all, of an audience its description.</param>
/// <param name="At">When the answer was given up.</param>
internal sealed record LostMaking(ChannelId Channel, BotId Bot, ThingKind Kind, LinkageId Linkage, JsonObject Asked, DateTimeOffset At)
{
    public int Attempts { get; init; }
}

/// <summary>Looks through LINE's list, once and a minute later, for what it made although its answer was lost, and gives it to the linkage that asked for it: it stands in the module's list then.</summary>
/// <remarks>
/// Of what nobody owns, that is taken which says the same as was asked for; an audience must also have been made at that time. Where there is more of it than was
/// lost, on an account's own channel, it may be the owner's, and nothing is taken. Only this process knows what it lost: what it had not looked for when it ended
/// is nobody's, and so are coupons, of which LINE's list says too little.
/// </remarks>
internal sealed partial class LostMakings(IGatewayStore store, LineUpstream line, StoreClock clock, ILogger<LostMakings> log) : BackgroundService
{
    private const int WaitingMax = 1000;
    private const int AttemptsMax = 5;
    private const int PagesMax = 25; // LINE keeps 1000 audiences for a channel, in pages of 40.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>How long before its answer was given up LINE may have made it: the call's own time, and clocks that differ.</summary>
    private static readonly TimeSpan MadeWithin = TimeSpan.FromMinutes(5);

    private static readonly string[] MenuNames = ["name", "chatBarText", "areas"];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private List<LostMaking> _waiting = [];

    /// <param name="asked">The body that LINE got, or null where it is not known any more.</param>
    public void Add(ChannelId channel, BotId bot, ThingKind kind, LinkageId linkage, JsonObject? asked)
    {
        var isTaken = false;
        if (asked is not null && (kind == ThingKind.RichMenu ? MenuNames.All(asked.ContainsKey) : asked["description"] is JsonValue))
        {
            lock (_lock)
            {
                isTaken = _waiting.Count < WaitingMax;
                if (isTaken)
                    _waiting.Add(new LostMaking(channel, bot, kind, linkage, kind == ThingKind.RichMenu ? asked : new JsonObject { ["description"] = asked["description"]!.DeepClone() }, clock.GetUtcNow()));
            }
        }

        if (!isTaken)
            Log.Nobodys(log, kind.ToString(), bot.ToString(), "it is not looked for");
    }

    /// <summary>Looks for all that was lost a minute ago; one round at a time.</summary>
    /// <returns>How many were found.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await LookForDueAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop.
            {
                Log.LookFailed(log, error);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task<int> LookForDueAsync(CancellationToken cancellationToken)
    {
        List<LostMaking> due;
        lock (_lock)
        {
            due = _waiting.FindAll(making => making.At <= clock.GetUtcNow() - Pause);
            _waiting = _waiting.FindAll(making => !due.Contains(making));
        }

        var found = 0;
        foreach (var ofList in due.GroupBy(making => (making.Channel, making.Bot, making.Kind)))
            found += await LookInAsync(ofList.Key.Channel, ofList.Key.Bot, ofList.Key.Kind, [.. ofList], cancellationToken);
        return found;
    }

    private async Task<int> LookInAsync(ChannelId channel, BotId bot, ThingKind kind, List<LostMaking> lost, CancellationToken cancellationToken)
    {
        if (await ListAsync(channel, bot, kind, cancellationToken) is not { } listed)
        {
            lock (_lock)
                _waiting.AddRange(lost.Where(making => making.Attempts + 1 < AttemptsMax).Select(making => making with { Attempts = making.Attempts + 1 }));
            foreach (var making in lost.Where(making => making.Attempts + 1 >= AttemptsMax))
                Log.Nobodys(log, making.Kind.ToString(), bot.ToString(), "LINE did not list what it has");
            return 0;
        }

        var given = await store.WriteAsync(
            tx =>
            {
                _ = tx.Control.Account(bot); // The bot's order first, then what to write.
                var count = 0;
                var free = listed.Where(thing => tx.Things.Find(new ThingKey(channel, bot, kind, thing.Id)) is null).ToList();
                var left = lost.ToList();
                foreach (var making in lost)
                {
                    var same = free.FindAll(thing => IsSame(making, thing.Said));
                    if (same.Count > 0 && same.Count <= left.Count(other => IsSame(other, same[0].Said)))
                    {
                        tx.Things.Put(new ThingRow(new ThingKey(channel, bot, kind, same[0].Id), making.Linkage, making.At));
                        if (tx.Control.Linkage(making.Linkage) is { State: LinkageState.Ended } maker)
                            LeavingThings.Leave(tx, maker.Id, tx.Now);
                        free.Remove(same[0]);
                        count++;
                    }

                    left.Remove(making);
                }

                return count;
            },
            CancellationToken.None);
        Log.Looked(log, lost.Count, kind.ToString(), bot.ToString(), given);
        return given;
    }

    /// <summary>All that LINE has of a kind; null: it does not say.</summary>
    private async Task<List<(string Id, JsonObject Said)>?> ListAsync(ChannelId channel, BotId bot, ThingKind kind, CancellationToken cancellationToken)
    {
        var (list, idName) = kind == ThingKind.RichMenu ? ("richmenus", "richMenuId") : ("audienceGroups", "audienceGroupId");
        var listed = new List<(string, JsonObject)>();
        for (var page = 1; page <= PagesMax; page++)
        {
            var path = kind == ThingKind.RichMenu ? "/v2/bot/richmenu/list" : $"/v2/bot/audienceGroup/list?page={page}&size=40&createRoute=MESSAGING_API";
            var answer = await line.SendAsync(HttpMethod.Get, path, channel, bot, null, null, cancellationToken);
            if (!answer.Succeeded || Parse(answer.Body) is not { } json || json[list] is not JsonArray items)
                return null;

            foreach (var item in items.OfType<JsonObject>())
            {
                if (item[idName] is JsonValue id)
                    listed.Add((id.ToString(), item));
            }

            if (json["hasNextPage"]?.GetValueKind() != JsonValueKind.True)
                break;
        }

        return listed;
    }

    private static bool IsSame(LostMaking making, JsonObject said) => making.Kind == ThingKind.RichMenu
        ? MenuNames.All(said.ContainsKey) && IsSame(making.Asked, said)
        : JsonNode.DeepEquals(making.Asked["description"], said["description"])
            && said["created"] is JsonValue created && created.TryGetValue<long>(out var seconds) && seconds >= (making.At - MadeWithin).ToUnixTimeSeconds();

    /// <summary>LINE may add what was not said, and leave out what it does not know; what both say is equal.</summary>
    private static bool IsSame(JsonNode? asked, JsonNode? said) => (asked, said) switch
    {
        (JsonObject one, JsonObject other) => other.All(property => !one.TryGetPropertyValue(property.Key, out var value) || IsSame(value, property.Value)),
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.Zip(other).All(pair => IsSame(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(asked, said),
    };

    /// <summary>Null: no JSON object, or one that says something twice.</summary>
    internal static JsonObject? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException) // A stranger's text.
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(610, LogLevel.Information, "LINE's answer to the making of {Lost} {Kind} of bot {Bot} was lost; found in its list: {Found}.")]
        public static partial void Looked(ILogger logger, int lost, string kind, string bot, int found);

        [LoggerMessage(611, LogLevel.Warning, "A {Kind} of bot {Bot} that LINE may have made is nobody's: {Why}.")]
        public static partial void Nobodys(ILogger logger, string kind, string bot, string why);

        [LoggerMessage(612, LogLevel.Error, "What LINE may have made could not be looked for.")]
        public static partial void LookFailed(ILogger logger, Exception error);
    }
}
