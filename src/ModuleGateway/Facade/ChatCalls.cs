using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Tokens;

namespace ModuleGateway.Facade;

/// <summary>Calls into one chat, for the module that is active there: push, loading indicator, mark as read.</summary>
internal sealed class ChatCalls(IGatewayStore store, Admission admission, UpstreamIds ids, UpstreamCall upstream, ReadTokens readTokens)
{
    /// <summary>POST /v2/bot/message/push.</summary>
    public async Task<FacadeAnswer> PushAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJson;
        if (!fields.Any(field => field is { Name: "to", IsTopLevel: true }))
            return LineErrors.InvalidProperty("to", "May not be empty");

        return await SendAsync(call, fields, "to", LineErrors.FailedToSend, cancellationToken);
    }

    /// <summary>POST /v2/bot/chat/loading/start: one-to-one chats only.</summary>
    public async Task<FacadeAnswer> LoadingAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        var refusal = LineErrors.InvalidProperty("chatId", "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.");
        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJson;
        if (!fields.Any(field => field is { Name: "chatId", IsTopLevel: true } && field.Value.StartsWith('L')))
            return refusal;

        return await SendAsync(call, fields, "chatId", refusal, cancellationToken);
    }

    /// <summary>POST /v2/bot/chat/markAsRead: the token says which chat.</summary>
    public async Task<FacadeAnswer> MarkAsReadAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJson;

        if (RequestFields.IsTwice(call.Body.Span, "markAsReadToken"))
            return LineErrors.SaidTwice("markAsReadToken");

        var field = fields.FirstOrDefault(one => one is { Name: "markAsReadToken", IsTopLevel: true });
        if (field.Value is null || readTokens.Open(field.Value) is not { } grant || grant.Linkage != call.Caller.Row.Id || grant.Chat.Bot != call.Bot)
            return LineErrors.InvalidReadToken;

        call.Chat = grant.Chat;
        var verdict = await store.WriteAsync(tx => Admit(tx, call, grant.Chat), cancellationToken);
        if (verdict.Account is not null && verdict.IdGeneration != grant.IdGeneration)
            return LineErrors.InvalidReadToken;

        return verdict.Account is { } account
            ? await upstream.SendAsync(call, account.Channel, call.Path, RequestFields.Replace(call.Body, [(field, grant.LineToken)]), cancellationToken)
            : LineErrors.NotAdmitted(verdict.Answer);
    }

    private async Task<FacadeAnswer> SendAsync(FacadeCall call, IReadOnlyList<RequestField> fields, string chatField, FacadeAnswer unknown, CancellationToken cancellationToken)
    {
        if (RequestFields.IsTwice(call.Body.Span, chatField))
            return LineErrors.SaidTwice(chatField);

        var resolved = await ids.ResolveAsync(call, fields, unknown, cancellationToken);
        if (resolved.Refusal is { } refusal)
            return refusal;
        if (resolved.TopLevel(chatField) is not { } id)
            return unknown; // The bot's own id is no chat.

        var chat = new ChatKey(call.Bot, id.Kind, id.Bits);
        call.Chat = chat;
        var verdict = await store.WriteAsync(tx => Admit(tx, call, chat), cancellationToken);
        return verdict.Account is { } account
            ? await upstream.SendAsync(call, account.Channel, call.Path, RequestFields.Replace(call.Body, resolved.Replacements(call.Bot)), cancellationToken)
            : LineErrors.NotAdmitted(verdict.Answer);
    }

    private AdmissionVerdict Admit(IGatewayTransaction tx, FacadeCall call, ChatKey chat) => admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, chat);
}
