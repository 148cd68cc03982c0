using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Tokens;

namespace ModuleGateway.Facade;

/// <summary>Calls into one chat, for the module that is active there: push, loading indicator, mark as read.</summary>
internal sealed class ChatCalls(IGatewayStore store, Admission admission, UpstreamCall upstream, ReadTokens readTokens)
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

        if (fields.IsTwice("markAsReadToken"))
            return LineErrors.SaidTwice("markAsReadToken");

        var field = fields.FirstOrDefault(one => one is { Name: "markAsReadToken", IsTopLevel: true });
        if (field.Value is null || readTokens.Open(field.Value) is not { } grant || grant.Linkage != call.Caller.Row.Id || grant.Chat.Bot != call.Bot)
            return LineErrors.InvalidReadToken;

        call.Chat = grant.Chat;
        var verdict = await store.WriteAsync(tx => Admit(tx, call, grant.Chat), cancellationToken);
        return verdict.Account is { } account
            ? await upstream.SendAsync(call, account.Channel, call.Path, RequestFields.Replace(call.Body, [(field, grant.LineToken)]), cancellationToken)
            : LineErrors.NotAdmitted(verdict.Answer);
    }

    private async Task<FacadeAnswer> SendAsync(FacadeCall call, IReadOnlyList<RequestField> fields, string chatField, FacadeAnswer unknown, CancellationToken cancellationToken)
    {
        if (fields.IsTwice(chatField))
            return LineErrors.SaidTwice(chatField);

        var replacements = new List<(RequestField, string)>();
        var verdict = await store.WriteAsync<AdmissionVerdict?>(
            tx =>
            {
                replacements.Clear(); // The store may run this work again.
                ChatKey? chat = null;
                foreach (var field in fields.Where(one => one.IsTopLevel ? one.Name is "to" or "chatId" : one.Name == "userId"))
                {
                    if (field.Value == call.Bot.ToString())
                        continue;
                    if (UpstreamCall.Resolve(tx, call.Caller.Ids, field.Value) is not { } id)
                        return null;

                    replacements.Add((field, id.ToText(call.Bot)));
                    if (field.Name == chatField && field.IsTopLevel)
                        chat = new ChatKey(call.Bot, id.Kind, id.Bits);
                }

                call.Chat = chat;
                return chat is { } key ? Admit(tx, call, key) : null;
            },
            cancellationToken);
        return verdict switch
        {
            null => unknown,
            { Account: { } account } => await upstream.SendAsync(call, account.Channel, call.Path, RequestFields.Replace(call.Body, replacements), cancellationToken),
            { Answer: var answer } => LineErrors.NotAdmitted(answer),
        };
    }

    private AdmissionVerdict Admit(IGatewayTransaction tx, FacadeCall call, ChatKey chat) => admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, chat, tx.Now);
}
