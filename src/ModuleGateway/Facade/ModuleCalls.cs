using System.Text.Json;
using Line;
using Microsoft.EntityFrameworkCore;
using ModuleGateway.Control;
using ModuleGateway.Owned;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>Calls that name no bot by header: the module's own list of bots, and detach.</summary>
internal sealed class ModuleCalls(IGatewayStore store, GatewayState state, AccountControl accounts, Notices notices, Vault vault, IServiceScopeFactory scopes, StoreClock clock)
{
    private const int PageMax = 100;
    private static readonly TimeSpan StartLifetime = TimeSpan.FromHours(24); // "next valid 24 h".

    /// <summary>GET /v2/bot/list: the bots that this module is linked to, paused and suspended ones too: whoever compares must not take them for detached.</summary>
    public async Task<FacadeAnswer> ListAsync(HttpContext http, ModuleConfig module, CancellationToken cancellationToken)
    {
        var limit = PageMax;
        if (http.Request.Query.TryGetValue("limit", out var asked) && (!int.TryParse(asked, out limit) || limit is < 1 or > PageMax))
            return LineErrors.InvalidParameter("limit");

        var after = Guid.Empty;
        if (http.Request.Query.TryGetValue("start", out var start))
        {
            if (ReadStart(start.ToString(), module) is not { } id)
                return InvalidStart;
            after = id;
        }

        var linked = await store.ReadAsync(tx => tx.Control.LinkagesOf(module.Id)
            .Where(row => row.State != LinkageState.Ended && row.Id.Value.CompareTo(after) > 0 && tx.Control.Account(row.Bot) is { Connection: not ConnectionState.Detached })
            .OrderBy(row => row.Id.Value).Take(limit + 1).ToList(), cancellationToken);
        var page = linked.Take(limit).ToList();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A module lists its own bots; the linkages were chosen by the module's own id.");
        var bots = page.Select(row => row.Bot).ToList();
        var shown = await scope.ServiceProvider.GetRequiredService<RegistryDb>().Connections.Where(row => bots.Contains(row.BotId)).ToDictionaryAsync(row => row.BotId, cancellationToken);
        var answer = new Dictionary<string, object>
        {
            ["bots"] = page.Where(row => shown.ContainsKey(row.Bot)).Select(row => Describe(shown[row.Bot])).ToList(),
        };
        if (linked.Count > limit)
            answer["next"] = WriteStart(page[^1].Id.Value, module);
        return new FacadeAnswer(200, JsonSerializer.SerializeToUtf8Bytes(answer));
    }

    /// <summary>POST /v2/bot/channel/detach: ends this module's linkage, never the connection or the subscription. Where LINE has detached the account there is nothing to end.</summary>
    public async Task<FacadeAnswer> DetachAsync(HttpContext http, ModuleConfig module, CancellationToken cancellationToken)
    {
        if (await ReadBotAsync(http.Request, cancellationToken) is not { } bot)
            return LineErrors.InvalidBot;
        if (state.Snapshot.Linkage(module.Id, bot) is not { } linked)
            return LineErrors.NotDetachable;

        var isEnded = await store.WriteAsync(
            tx =>
            {
                if (tx.Control.Account(bot) is not { Connection: not ConnectionState.Detached } account || tx.Control.Linkage(linked.Row.Id) is not { State: not LinkageState.Ended } row)
                    return false;

                var now = tx.Now;
                tx.Deliveries.CancelOwed(row.Id);
                var ended = row with { State = LinkageState.Ended, LeftAs = row.State };
                LeavingThings.Follow(tx, row, ended, now);
                accounts.Change(
                    tx, account,
                    same =>
                    {
                        tx.Control.Put(ended);
                        return same;
                    },
                    now);
                if (row.Has(Scopes.MessageReceive))
                    notices.Detached(tx, row, now);
                return true;
            },
            cancellationToken);
        return isEnded ? FacadeAnswer.Empty : LineErrors.NotDetachable;
    }

    private static FacadeAnswer InvalidStart { get; } = new(400, """{"message":"Invalid start param"}"""u8.ToArray());

    private static async Task<BotId?> ReadBotAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType() || await RequestBody.ReadAsync(request, 4096, cancellationToken) is not { } body)
            return null;

        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("botId", out var text)
                && text.ValueKind == JsonValueKind.String && BotId.TryParse(text.GetString(), null, out var bot) ? bot : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // A stranger's text: no JSON, or a string that is no text. It names no bot.
        }
    }

    private static Dictionary<string, string> Describe(Connection connection)
    {
        var bot = new Dictionary<string, string>
        {
            ["userId"] = connection.BotId.ToString(),
            ["basicId"] = connection.BasicId ?? "",
            ["displayName"] = connection.DisplayName ?? "",
        };
        if (connection.PictureUrl is { } picture)
            bot["pictureUrl"] = picture;
        return bot;
    }

    private string WriteStart(Guid after, ModuleConfig module) =>
        vault.AccessTokens.SealAsToken(JsonSerializer.SerializeToUtf8Bytes(new Start(after, module.Id.Value, clock.GetUtcNow() + StartLifetime)));

    private Guid? ReadStart(string text, ModuleConfig module)
    {
        if (vault.AccessTokens.OpenToken(text) is not { Length: > 32 } plain)
            return null;

        var start = JsonSerializer.Deserialize<Start>(plain)!;
        return start.Module == module.Id.Value && start.Until > clock.GetUtcNow() ? start.After : null;
    }

    private sealed record Start(Guid After, Guid Module, DateTimeOffset Until);
}
