using Line;
using Line.Webhooks;
using Microsoft.Extensions.Options;
using Modules.Kit;

namespace KeywordReply;

/// <summary>What members are answered: the way to link, a greeting by name, the way to undo it. Source: LINE, "Linking accounts".</summary>
internal sealed class MemberAnswers(MemberBook book, LineClient line, IOptions<ModuleOptions> options)
{
    private static readonly string[] Asks = ["會員", "member"], Undoes = ["取消連結", "unlink"];

    /// <summary>Takes note of what LINE says of an attempt, whoever may answer in the chat.</summary>
    public void Hear(ReceivedEvent received)
    {
        if (received.Event is not AccountLinkEvent link)
            return;
        if (!link.IsLinked)
            book.Fail(link.Nonce);
        else if (link.Source?.User is { } user)
            book.Link(received.Bot, user, link.Nonce);
    }

    /// <summary>Null: this is not about membership.</summary>
    public async Task<IReadOnlyList<LineMessage>?> AnswerAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        if (received.Event is AccountLinkEvent { IsLinked: true, Source.User: { } linked })
            return book.Of(received.Bot, linked) is { } known ? [Greeting(known)] : [];
        if (received.Event is not MessageEvent { Message: TextContent said, Source: { Kind: SourceKind.User, User: { } user } } || options.Value.PublicUrl is not { } origin)
            return null;

        var text = said.Text.Trim();
        if (Undoes.Contains(text, StringComparer.OrdinalIgnoreCase))
            return [new TextMessage(book.Unlink(received.Bot, user) ? "已取消連結。" : "您還沒有連結會員帳號。")];
        if (!Asks.Contains(text, StringComparer.OrdinalIgnoreCase))
            return null;
        if (book.Of(received.Bot, user) is { } member)
            return [Greeting(member)];

        var token = await line.For(received.Bot).Users.IssueLinkTokenAsync(user, cancellationToken);
        var page = new Uri(origin, $"/member?bot={received.Bot}&linkToken={Uri.EscapeDataString(token)}");
        const string invitation = "登入會員，把帳號和 LINE 連結起來。之後隨時說「取消連結」就能取消。";
        return [new TemplateMessage(invitation, new ButtonsTemplate(invitation, [new UriAction("連結會員帳號", page)]))];
    }

    private static TextMessage Greeting(Member member) => new($"{member.Name}，您好！您的會員帳號已和 LINE 連結。說「取消連結」就能取消。");
}
