using Sandbox.Accounts;

namespace Sandbox.Consent;

/// <summary>What the sign-in and consent pages say, in one language.</summary>
internal sealed record ConsentTexts(
    string Language, string SignInTitle, string SignInIntro, string Email, string Password, string SignIn, string WrongPassword,
    string DemoTitle, string DemoIntro, string ConsentTitle, string ConsentIntro, string ChooseAccount, string NoAccount, string Linked, string Permissions, string PermissionsIntro,
    string Link, string Cancel, string CloseHint, string SignedInAs, string OtherManager, string ChooseOne, string ChoosePermission, string TooOld, string FaultTitle, string SandboxNote,
    IReadOnlyDictionary<string, string> Scopes, IReadOnlyDictionary<BrandType, string> Brands)
{
    private static readonly ConsentTexts Chinese = new(
        "zh-Hant-TW", "登入帳號管理", "請以管理官方帳號的身分登入。", "電子郵件", "密碼", "登入", "電子郵件或密碼不正確。",
        "測試用管理員", "這是模擬平台，以下都是虛構人物，按一下就能登入。", "連結模組", "想連結到你的官方帳號。", "選擇官方帳號", "你沒有可以連結的官方帳號。只有管理員權限的帳號會列在這裡。", "已連結，權限會更新",
        "允許的權限", "不想給的權限可以取消勾選。", "連結", "取消", "關閉這個頁面，就什麼都不會改變。", "登入身分", "改用其他身分", "請選擇一個官方帳號。", "請至少保留一項權限。",
        "這個頁面已過期，請回到上一頁重新整理。", "無法開啟這個連結", "模擬平台：這不是真正的 LINE，不會連到任何真實帳號。",
        new Dictionary<string, string>
        {
            [Tokens.Scopes.MessageReceive] = "接收顧客傳來的訊息與動態",
            [Tokens.Scopes.MessageSend] = "以官方帳號的名義傳送訊息",
            [Tokens.Scopes.ProfileRead] = "讀取顧客的顯示名稱與大頭貼",
            [Tokens.Scopes.AccountManage] = "設定預設圖文選單，查看統計資料",
            [Tokens.Scopes.MarkAsRead] = "將訊息標為已讀",
            [Tokens.Scopes.TemplatedPnp] = "以電話號碼傳送通知訊息",
            [Tokens.Scopes.CouponManage] = "建立與傳送優惠券",
            [Tokens.Scopes.CrmManage] = "在聊天畫面顯示顧客資料外掛",
        },
        new Dictionary<BrandType, string> { [BrandType.Unverified] = "一般帳號", [BrandType.Verified] = "認證帳號", [BrandType.Premium] = "企業帳號" });

    private static readonly ConsentTexts English = new(
        "en", "Sign in to account manager", "Sign in as a manager of an Official Account.", "E-mail", "Password", "Sign in", "The e-mail address or the password is wrong.",
        "Managers for trying out", "This is a stand-in platform. These people are invented: one click signs you in.", "Link a module", "wants to link with your Official Account.",
        "Choose an Official Account", "You have no Official Account that can be linked. Only accounts that you administer are listed here.", "Linked already; its permissions will be replaced",
        "Permissions", "Untick what you do not want to give.", "Link", "Cancel", "Close this page, and nothing changes.", "Signed in as", "Use another sign-in",
        "Choose an Official Account.", "Leave at least one permission ticked.", "This page is too old. Go back and reload it.", "This link cannot be opened",
        "Stand-in platform: this is not LINE, and no real account is reached.",
        new Dictionary<string, string>
        {
            [Tokens.Scopes.MessageReceive] = "Receive customers' messages and activity",
            [Tokens.Scopes.MessageSend] = "Send messages in the account's name",
            [Tokens.Scopes.ProfileRead] = "Read customers' names and pictures",
            [Tokens.Scopes.AccountManage] = "Set the default rich menu and see statistics",
            [Tokens.Scopes.MarkAsRead] = "Mark messages as read",
            [Tokens.Scopes.TemplatedPnp] = "Send notification messages to phone numbers",
            [Tokens.Scopes.CouponManage] = "Create and send coupons",
            [Tokens.Scopes.CrmManage] = "Show a customer plug-in in the chat screen",
        },
        new Dictionary<BrandType, string> { [BrandType.Unverified] = "Unverified", [BrandType.Verified] = "Verified", [BrandType.Premium] = "Premium" });

    /// <summary>The texts for a request: <c>?lang=zh-TW|en</c>, else the browser's first language of these two, else English.</summary>
    public static ConsentTexts For(HttpRequest request)
    {
        var wishes = new List<string?> { request.Query["lang"] };
        wishes.AddRange(request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.Value));
        foreach (var wish in wishes)
        {
            if (wish?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true)
                return Chinese;
            if (wish?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true)
                return English;
        }

        return English;
    }
}
