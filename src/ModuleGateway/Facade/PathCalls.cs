using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;

namespace ModuleGateway.Facade;

/// <summary>Calls that name users, groups or rooms in their path and are answered by LINE: the ids are LINE's on the way there and the module's on the way back.</summary>
internal sealed class PathCalls(IGatewayStore store, Admission admission, UpstreamCall upstream, StoreClock clock)
{
    public Task<FacadeAnswer> ProfileAsync(FacadeCall call, CancellationToken cancellationToken) => PassAsync(call, ["userId"], cancellationToken);

    public Task<FacadeAnswer> GroupAsync(FacadeCall call, CancellationToken cancellationToken) => PassAsync(call, ["groupId"], cancellationToken);

    public Task<FacadeAnswer> GroupMemberAsync(FacadeCall call, CancellationToken cancellationToken) => PassAsync(call, ["groupId", "userId"], cancellationToken);

    public Task<FacadeAnswer> RoomAsync(FacadeCall call, CancellationToken cancellationToken) => PassAsync(call, ["roomId"], cancellationToken);

    public Task<FacadeAnswer> RoomMemberAsync(FacadeCall call, CancellationToken cancellationToken) => PassAsync(call, ["roomId", "userId"], cancellationToken);

    /// <summary>GET /v2/bot/info and others that name nobody.</summary>
    public Task<FacadeAnswer> PlainAsync(FacadeCall call, CancellationToken cancellationToken) => PassAsync(call, [], cancellationToken);

    private async Task<FacadeAnswer> PassAsync(FacadeCall call, string[] names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            if (!HasShape(call, name))
                return LineErrors.InvalidParameter(name);
        }

        var (verdict, path) = await store.WriteAsync<(AdmissionVerdict, string?)>(
            tx =>
            {
                var admitted = admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, chat: null, clock.GetUtcNow());
                var upstreamPath = call.Path;
                foreach (var name in names)
                {
                    var text = call.Route(name)!;
                    if (UpstreamCall.Resolve(tx, call.Caller.Ids, text) is not { } id)
                        return (admitted, null);
                    upstreamPath = upstreamPath.Replace(text, Uri.EscapeDataString(id.ToText(call.Bot)), StringComparison.Ordinal);
                }

                return (admitted, upstreamPath);
            },
            cancellationToken);
        if (verdict.Account is not { } account)
            return LineErrors.NotAdmitted(verdict.Answer);

        return path is null ? LineErrors.NotFound : await upstream.SendAsync(call, account.Channel, path + call.Query, null, cancellationToken);
    }

    private static bool HasShape(FacadeCall call, string name)
    {
        var expected = name switch { "userId" => IdKind.User, "groupId" => IdKind.Group, _ => IdKind.Room };
        var text = call.Route(name) ?? "";
        Span<byte> utf8 = stackalloc byte[IdText.LongestForModule];
        return text.Length <= utf8.Length && System.Text.Encoding.ASCII.TryGetBytes(text, utf8, out var length)
            && IdText.TryReadFromModule(utf8[..length], call.Bot, out var kind, out _) && kind == expected;
    }
}
