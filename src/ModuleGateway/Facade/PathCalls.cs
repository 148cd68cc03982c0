using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;

namespace ModuleGateway.Facade;

/// <summary>Calls that name users, groups or rooms in their path and are answered by LINE: the ids are LINE's on the way there and the module's on the way back.</summary>
internal sealed class PathCalls(IGatewayStore store, Admission admission, UpstreamIds ids, UpstreamCall upstream)
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
            if (IdText.KindOf(call.Route(name)) != KindOf(name))
                return LineErrors.InvalidParameter(name);
        }

        var resolved = await ids.ResolveAsync(call, [.. names.Select(name => call.Route(name)!)], LineErrors.NotFound, cancellationToken);
        if (resolved.Refusal is { } unknown)
            return unknown;

        var subject = resolved.Ids.Count == 1 ? new ChatKey(call.Bot, resolved.Ids[0].Kind, resolved.Ids[0].Bits) : (ChatKey?)null;
        var (verdict, before) = await store.WriteAsync(
            tx => (admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, chat: null), subject is { } id ? tx.Control.Known(id.Bot, id.Kind, id.Id) : null), cancellationToken);
        if (verdict.Account is not { } account)
            return LineErrors.NotAdmitted(verdict.Answer);

        var path = call.Path;
        for (var i = 0; i < names.Length; i++)
            path = path.Replace(call.Route(names[i])!, Uri.EscapeDataString(resolved.Ids[i].ToText(call.Bot)), StringComparison.Ordinal);
        var answer = await upstream.RawAsync(call, account.Channel, path + call.Query, null, cancellationToken);
        if (subject is { } asked && before is not null && (answer.Status == 404 || (answer.Succeeded && before.IsGone)))
            await LearnAsync(asked, answer.Succeeded, before.Presence);
        return await upstream.ForCallerAsync(call, answer, cancellationToken);
    }

    /// <summary>Whoever is asked for by name alone is there, or is not: LINE has just said which.</summary>
    private async Task LearnAsync(ChatKey id, bool isThere, Presence before) => await store.WriteAsync(
        tx =>
        {
            _ = tx.Control.Account(id.Bot); // The bot's order first, then what to write.
            WhoIsThere.HearAnswer(tx, id, isThere, before);
            return true;
        },
        CancellationToken.None);

    private static IdKind KindOf(string name) => name switch { "userId" => IdKind.User, "groupId" => IdKind.Group, _ => IdKind.Room };
}
