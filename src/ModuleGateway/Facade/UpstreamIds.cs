using System.Collections.Concurrent;
using System.Text;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>What a call named, as LINE calls it.</summary>
/// <param name="Refusal">Why the call ends here; null when every id is known.</param>
/// <param name="Ids">In the order in which they were named.</param>
internal readonly record struct ResolvedIds(FacadeAnswer? Refusal, IReadOnlyList<UpstreamId> Ids);

/// <summary>The ids of a body that became LINE's.</summary>
internal readonly record struct ResolvedFields(FacadeAnswer? Refusal, IReadOnlyList<(RequestField Field, UpstreamId Id)> Found)
{
    /// <summary>What the top-level field of this name became; null when there is none.</summary>
    public UpstreamId? TopLevel(string name)
    {
        foreach (var (field, id) in Found)
        {
            if (field.IsTopLevel && field.Name == name)
                return id;
        }

        return null;
    }

    public IEnumerable<(RequestField Field, string Value)> Replacements(BotId bot) => Found.Select(one => (one.Field, one.Id.ToText(bot)));
}

/// <summary>Makes the ids that a module wrote LINE's again, before the transaction that admits the call: for an id that the bot does not know, LINE is asked.</summary>
/// <remarks>
/// Another linkage's id comes out as noise. No set holds it, LINE does not know it either, and the module hears what LINE says to an unknown user.
/// Callers that ask for the same unknown id at the same time share one question. No transaction is open while LINE is asked.
/// </remarks>
internal sealed class UpstreamIds(IGatewayStore store, LineUpstream line, UpstreamChannels channels, StoreClock clock)
{
    /// <summary>Ids that are looked up at once.</summary>
    private const int PortionMax = 100;

    /// <summary>Ids that the bot does not know, of one linkage: whoever tries ids at random is stopped before LINE is asked.</summary>
    private const int MissesPerMinuteMax = 60;

    private readonly CallWindow<LinkageId> _misses = new(MissesPerMinuteMax, TimeSpan.FromMinutes(1));
    private readonly ConcurrentDictionary<(BotId Bot, IdKind Kind, UInt128 Bits), Lazy<Task<FacadeAnswer?>>> _asking = new();

    /// <summary>Resolves every id of a body. The bot's own id is the same for everybody and stays.</summary>
    /// <param name="unknown">LINE's answer to this call for a user, group or room that it does not know.</param>
    public async Task<ResolvedFields> ResolveAsync(FacadeCall call, IReadOnlyList<RequestField> fields, FacadeAnswer unknown, CancellationToken cancellationToken)
    {
        var ids = fields.Where(field => field.IsId && !IsBot(call, field.Value)).ToList();
        var resolved = await ResolveAsync(call, ids.ConvertAll(field => field.Value), unknown, cancellationToken);
        return new ResolvedFields(resolved.Refusal, resolved.Refusal is null ? [.. ids.Zip(resolved.Ids)] : []);
    }

    public Task<ResolvedIds> ResolveAsync(FacadeCall call, IReadOnlyList<string> texts, FacadeAnswer unknown, CancellationToken cancellationToken) =>
        ResolveAsync(call, texts, _ => unknown, cancellationToken);

    /// <param name="unknown">LINE's answer for the id that the module wrote so.</param>
    public async Task<ResolvedIds> ResolveAsync(FacadeCall call, IReadOnlyList<string> texts, Func<string, FacadeAnswer> unknown, CancellationToken cancellationToken)
    {
        var named = new List<(IdKind Kind, UInt128 Bits)>(texts.Count);
        var writtenAs = new Dictionary<(IdKind Kind, UInt128 Bits), string>(texts.Count);
        foreach (var text in texts)
        {
            if (!TryRead(call.Caller.Ids, text, out var kind, out var bits))
                return new ResolvedIds(unknown(text), []); // Not of this bot's shape: nobody has to be asked.
            named.Add((kind, bits));
            writtenAs.TryAdd((kind, bits), text);
        }

        // One after the other in small portions: a body may name tens of thousands, and one look at the store must not keep all others waiting.
        var found = new Dictionary<(IdKind Kind, UInt128 Bits), UpstreamId>();
        foreach (var portion in named.Distinct().Chunk(PortionMax))
        {
            // Nearly always all are known: by whose channel to ask is looked up only where somebody must be asked.
            var (account, known) = await store.ReadAsync(
                tx => Array.ConvertAll(portion, id => tx.Control.Known(call.Bot, id.Kind, id.Bits)) is var ids && ids.Contains(null) ? (tx.Control.Account(call.Bot), ids) : (null, ids), cancellationToken);
            if (account is null && known.Contains(null))
                return new ResolvedIds(LineErrors.NotConnected, []);

            for (var i = 0; i < portion.Length; i++)
            {
                if (known[i] is null && await MissAsync(call, account!.Channel, portion[i].Kind, portion[i].Bits, unknown(writtenAs[portion[i]]), cancellationToken) is { } refusal)
                    return new ResolvedIds(refusal, []);
                found[portion[i]] = known[i]?.Id ?? new UpstreamId(portion[i].Kind, portion[i].Bits, null);
            }
        }

        return new ResolvedIds(null, named.ConvertAll(id => found[id]));
    }

    /// <summary>False: not of this bot's shape.</summary>
    public static bool TryRead(LinkageIds ids, string text, out IdKind kind, out UInt128 bits)
    {
        Span<byte> utf8 = stackalloc byte[IdText.LongestForModule];
        (kind, bits) = (default, default);
        if (text.Length > utf8.Length || !Encoding.ASCII.TryGetBytes(text, utf8, out var length) || !IdText.TryReadFromModule(utf8[..length], ids.Bot, out kind, out var seen))
            return false;

        bits = ids.FromModule(kind, seen);
        return true;
    }

    public static bool IsBot(FacadeCall call, string text) => BotId.TryParse(text.AsSpan(), out var bot) && bot == call.Bot;

    private async Task<FacadeAnswer?> MissAsync(FacadeCall call, ChannelId channel, IdKind kind, UInt128 bits, FacadeAnswer unknown, CancellationToken cancellationToken)
    {
        if (!_misses.TryCount(call.Caller.Row.Id, clock.GetUtcNow()))
            return LineErrors.RateLimited;

        // On an account's own channel a user's id has another shape, whose digest stands in the permutation: there is no id to ask with.
        if (kind == IdKind.User && !channels.HasControl(channel))
            return unknown;

        var question = _asking.GetOrAdd((call.Bot, kind, bits), id => new Lazy<Task<FacadeAnswer?>>(() => AskAsync(id.Bot, channel, id.Kind, id.Bits)));
        var refusal = await question.Value.WaitAsync(cancellationToken);
        return ReferenceEquals(refusal, LineErrors.NotFound) ? unknown : refusal;
    }

    /// <summary>Null when the id is known from now on. Not cancelled with any one caller: others may wait for the same answer.</summary>
    private async Task<FacadeAnswer?> AskAsync(BotId bot, ChannelId channel, IdKind kind, UInt128 bits)
    {
        try
        {
            // Whoever asked a moment ago may have made it known meanwhile.
            if (await store.ReadAsync(tx => tx.Control.Known(bot, kind, bits)) is not null)
                return null;

            var id = new UpstreamId(kind, bits, null);
            var text = Uri.EscapeDataString(id.ToText(bot));
            var path = kind switch
            {
                IdKind.User => $"/v2/bot/profile/{text}",
                IdKind.Group => $"/v2/bot/group/{text}/summary",
                _ => $"/v2/bot/room/{text}/members/count",
            };
            var answer = await line.SendAsync(HttpMethod.Get, path, channel, bot, null, null, CancellationToken.None);
            if (!answer.Succeeded)
                return Refusal(answer.Status);

            await store.WriteAsync(tx =>
            {
                _ = tx.Control.Account(bot); // The bot's order first, then what to write.
                tx.Control.Meet(bot, id);
                return true;
            });
            return null;
        }
        finally
        {
            _asking.TryRemove((bot, kind, bits), out _);
        }
    }

    /// <summary>LINE's refusal says that there is no such user, group or room; anything else says nothing of the id, and the call was not made.</summary>
    private static FacadeAnswer Refusal(int status) => status switch
    {
        401 => LineErrors.GatewayRefused,
        429 => LineErrors.RateLimited,
        >= 400 and < 500 => LineErrors.NotFound,
        _ => LineErrors.NotAsked,
    };
}
