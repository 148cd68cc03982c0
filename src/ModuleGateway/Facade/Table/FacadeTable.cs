using ModuleGateway.Control;
using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>LINE's API as modules see it: each call a row that says all that is particular to it. A call that is not here answers 404 as LINE would.</summary>
/// <remarks>
/// A call that LINE adds is a row; only where it does more than a row can say is it a handler too. Needs no services: documents and tests walk it.
/// Scopes: LINE's partner docs; where they are silent, the nearest documented neighbour's, marked "ours".
/// Standing: who may send what among the modules of one account.
/// </remarks>
internal static partial class FacadeTable
{
    private static readonly CallRule Speaks = new(Scopes.MessageSend, Standing.ActiveInChat);
    private static readonly CallRule Pushes = Speaks with { OnStandbyBy = Scopes.MessageNotify };
    private static readonly CallRule Announces = new(Scopes.MessageSend, Standing.DefaultActive) { OnStandbyBy = Scopes.AccountShare };
    private static readonly CallRule Counts = new(Scopes.MessageSend, Standing.Attached);
    private static readonly CallRule Studies = new(Scopes.AccountManage, Standing.Attached);
    private static readonly CallRule Notifies = new(Scopes.MessageTemplatedPnp, Standing.On);
    private static readonly CallRule Downloads = new(Scopes.MessageReceive, Standing.Attached); // Scope: ours.
    private static readonly CallRule Takes = new(Scopes.MessageReceive, Standing.CanHold);
    private static readonly CallRule Reads = new(Scopes.ProfileRead, Standing.Attached);
    private static readonly CallRule Asks = new(null, Standing.Attached);

    /// <summary>Every call that is made for one bot.</summary>
    public static IReadOnlyList<CallRow> All { get; } = [.. Messages, .. ChatControl, .. People, .. Statistics, .. RichMenus, .. MenuStatistics, .. AudiencesAndCoupons];

    /// <summary>Calls that name no bot by header: the caller is the module itself.</summary>
    public static IReadOnlyList<ModuleCallRow> OfModules { get; } =
    [
        new(HttpMethod.Get, "/v2/bot/list", OfModule<ModuleCalls>(it => it.ListAsync)),
        new(HttpMethod.Get, "/v2/bot/channel/webhook/endpoint", static _ => WebhookEndpointCalls.GetAsync),
        new(HttpMethod.Put, "/v2/bot/channel/webhook/endpoint", OfModule<WebhookEndpointCalls>(it => it.PutAsync)),
        new(HttpMethod.Post, "/v2/bot/channel/webhook/test", OfModule<WebhookEndpointCalls>(it => it.TestAsync)),
        new(HttpMethod.Post, "/v2/bot/channel/detach", OfModule<ModuleCalls>(it => it.DetachAsync)),
    ];

    private static IEnumerable<CallRow> ChatControl =>
    [
        new(HttpMethod.Post, "/v2/bot/chat/{chatId}/control/acquire", Takes) { Body = BodyKind.Json, Handler = By<ChatControlCalls>(it => it.AcquireAsync) },
        new(HttpMethod.Post, "/v2/bot/chat/{chatId}/control/release", Takes) { Handler = By<ChatControlCalls>(it => it.ReleaseAsync) },
    ];

    private static Func<IServiceProvider, CallHandler> By<T>(Func<T, CallHandler> handler) where T : notnull => services => handler(services.GetRequiredService<T>());

    private static Func<IServiceProvider, ModuleCallHandler> OfModule<T>(Func<T, ModuleCallHandler> handler) where T : notnull => services => handler(services.GetRequiredService<T>());
}
