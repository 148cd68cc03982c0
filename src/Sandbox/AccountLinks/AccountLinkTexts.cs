using Sandbox.Consent;

namespace Sandbox.AccountLinks;

/// <summary>What the account link dialog says, in one language.</summary>
internal sealed record AccountLinkTexts(
    string Language, string Title, string Intro, string Unlink, string Agree, string SomebodyElse, string SomebodyElseIntro,
    string DoneTitle, string Done, string FailedTitle, string Failed, string Error, string SandboxNote)
{
    private static readonly AccountLinkTexts Chinese = new(
        "zh-Hant-TW", "連結帳號", "要把你的 LINE 與剛才登入的會員帳號連結嗎？之後在聊天室就能直接使用會員服務。", "隨時可以在聊天室解除連結。", "同意，我是",
        "拿著手機的是別人", "LINE 會檢查打開頁面的人。選另一個人，看看會發生什麼事。",
        "連結完成", "可以關閉這個頁面，回到聊天室。", "沒有連結", "打開這個頁面的人，不是收到連結的人。請回到聊天室重新開始。", "這個連結已用過、過期，或不正確。請回到聊天室重新開始。",
        "模擬平台：這不是真正的 LINE，不會連到任何真實帳號。");

    private static readonly AccountLinkTexts English = new(
        "en", "Link accounts", "Link your LINE with the member account that you just signed in to? From then on you can use it in the chat.", "You can undo this in the chat at any time.", "Agree, I am",
        "Somebody else holds the phone", "LINE checks who has opened this page. Choose another person to see what happens.",
        "Linked", "You can close this page and go back to the chat.", "Not linked", "Whoever opened this page is not the one that the link was sent to. Start again from the chat.",
        "This link was used, is too old, or is not right. Start again from the chat.", "Stand-in platform: this is not LINE, and no real account is reached.");

    /// <summary>In the language that the consent pages would have.</summary>
    public static AccountLinkTexts For(HttpRequest request) => ConsentTexts.For(request).Language == Chinese.Language ? Chinese : English;
}
