using Sandbox.Consent;

namespace Sandbox.Login;

/// <summary>What LINE Login's page says, in one language.</summary>
internal sealed record LoginTexts(string Language, string Title, string Intro, string Choose, string Cancel, string SandboxNote, IReadOnlyDictionary<string, string> Scopes)
{
    private static readonly LoginTexts Chinese = new(
        "zh-Hant-TW", "使用 LINE 登入", "想知道你是誰：", "這是模擬平台。你是哪一位？", "取消", "模擬平台：這不是真正的 LINE，不會連到任何真實帳號。",
        new Dictionary<string, string> { ["profile"] = "顯示名稱與大頭貼", ["openid"] = "使用者識別碼", ["email"] = "電子郵件" });

    private static readonly LoginTexts English = new(
        "en", "Sign in with LINE", "wants to know who you are:", "This is a stand-in platform. Who are you?", "Cancel", "Stand-in platform: this is not LINE, and no real account is reached.",
        new Dictionary<string, string> { ["profile"] = "Display name and picture", ["openid"] = "User identifier", ["email"] = "E-mail address" });

    /// <summary>In the language that the consent pages would have.</summary>
    public static LoginTexts For(HttpRequest request) => ConsentTexts.For(request).Language == Chinese.Language ? Chinese : English;
}
