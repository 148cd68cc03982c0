using ModuleGateway.Control;
using ModuleGateway.Store;
using ModuleGateway.Tokens;

namespace ModuleGateway.Facade;

/// <summary>POST /v2/bot/chat/markAsRead: the token, which is the gateway's, says which chat.</summary>
internal sealed class MarkAsRead(IGatewayStore store, Admission admission, UpstreamCall upstream, ReadTokens readTokens)
{
    public async Task<FacadeAnswer> HandleAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJsonIn(call.Body.Span);

        if (RequestFields.IsTwice(call.Body.Span, "markAsReadToken"))
            return LineErrors.SaidTwice("markAsReadToken");

        var field = fields.FirstOrDefault(one => one is { Name: "markAsReadToken", IsTopLevel: true });
        if (field.Value is null || readTokens.Open(field.Value) is not { } grant || grant.Linkage != call.Caller.Row.Id || grant.Chat.Bot != call.Bot)
            return LineErrors.InvalidReadToken;

        call.Chat = grant.Chat;
        var verdict = await store.WriteAsync(tx => admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, grant.Chat), cancellationToken);
        if (verdict.Account is not null && verdict.IdGeneration != grant.IdGeneration)
            return LineErrors.InvalidReadToken;

        return verdict.Account is { } account
            ? await upstream.SendAsync(call, account.Channel, new LineRequest(call.Row) { Body = RequestFields.Replace(call.Body, [(field, grant.LineToken)]) }, cancellationToken)
            : LineErrors.NotAdmitted(verdict);
    }
}
