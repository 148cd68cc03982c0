using Sandbox.Api;
using Sandbox.Messaging;

namespace Sandbox.Notifications;

/// <summary><c>POST /v2/bot/message/pnp/templated/push</c>: a notice to a telephone number, friend or not.</summary>
/// <remarks>
/// Outcomes: 422 where no notice can ever reach the number; 202 and delivered; 202 and held back until the person agrees or confirms by SMS, within a day;
/// 202 and never, where that does not happen; 202 and silence, where the person blocks the account. Only a <c>delivery</c> event says which of the 202s it was.
/// </remarks>
internal sealed class SendNotice(NoticeBook book, TimeProvider clock)
{
    private const string TagHeader = "X-Line-Delivery-Tag";

    public LineAnswer Handle(ApiCall call)
    {
        var tag = call.Header(TagHeader);
        if (tag is not (null or { Length: >= 16 and <= 100 }))
            return LineErrors.InvalidDeliveryTag;
        if (NoticeRules.Check(call.BodyOrEmpty) is { } refusal)
            return refusal;

        var digest = call.Body.GetProperty("to").GetString()!;
        if (book.Find(digest) is not { Consent: not NoticeConsent.Rejected, AcceptsPolicy: true, IsForeign: false } number)
            return LineErrors.UnreachableNumber;

        var notice = new Notice(call.RequestId, call.Channel.Id, call.Account.BotId, number.PersonId, tag ?? digest, NoticeRules.Compose(call.Body), clock.GetUtcNow());
        if (number is { Consent: NoticeConsent.Agreed, NeedsSms: false })
            book.Deliver(notice);
        else
            book.Wait(notice);
        return LineAnswer.Of(202, new { });
    }
}
