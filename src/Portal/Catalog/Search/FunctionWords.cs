using System.Collections.Frozen;

namespace Portal.Catalog.Search;

/// <summary>What people in our markets type when they look for a function or for something for their trade, in every language of ours.</summary>
public static class FunctionWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["food"] = "餐飲 餐廳 咖啡 飲料店 小吃 飲食店 レストラン カフェ ร้านอาหาร คาเฟ่ restaurant cafe food beverage",
        ["salon"] = "美容 美髮 美甲 沙龍 美容室 サロン ネイル ร้านเสริมสวย ซาลอน salon beauty hair nail spa",
        ["retail"] = "零售 商店 選物 服飾 門市 小売 ショップ ร้านค้า ค้าปลีก retail shop store boutique",
        ["booking"] = "預約 訂位 予約 よやく จอง จองคิว นัดหมาย booking reservation appointment",
        ["queue"] = "候位 排隊 叫號 順番待ち じゅんばん จองคิว รอคิว บัตรคิว queue waitlist ticket number",
        ["ordering"] = "點餐 線上點餐 外帶 外送 注文 ちゅうもん テイクアウト สั่งอาหาร order takeout delivery",
        ["membership"] = "會員 會員卡 集點 点数 会員 会員証 ポイント スタンプカード สมาชิก สะสมแต้ม member loyalty points stamp card",
        ["coupons"] = "優惠券 折價券 贈品 クーポン คูปอง coupon voucher prize",
        ["games"] = "抽獎 遊戲 轉盤 くじ 抽選 ゲーム เกม ลุ้นรางวัล game lottery draw referral",
        ["survey"] = "問卷 表單 滿意度 アンケート แบบสอบถาม survey form feedback",
        ["storefront"] = "商城 網店 購物 ネットショップ ร้านออนไลน์ shop storefront ecommerce",
        ["crm"] = "顧客管理 客戶 標籤 分眾 顧客 タグ ลูกค้า CRM tag segment customer",
        ["broadcast"] = "群發 推播 行銷 自動化 配信 一斉配信 บรอดแคสต์ broadcast journey marketing automation",
        ["notification"] = "通知 提醒 簡訊 リマインド 通知メッセージ แจ้งเตือน notification reminder SMS",
        ["livechat"] = "真人客服 客服 轉接 有人対応 オペレーター แชทสด เจ้าหน้าที่ live chat support agent hand-off",
        ["autoreply"] = "自動回覆 關鍵字 自動応答 キーワード ตอบกลับอัตโนมัติ auto reply keyword FAQ",
        ["richmenu"] = "圖文選單 選單 リッチメニュー ริชเมนู rich menu designer",
        ["beacon"] = "門市 到店 ビーコン บีคอน beacon in-store offline",
        ["analytics"] = "報表 數據 分析 レポート รายงาน analytics report dashboard",
        ["integration"] = "串接 整合 POS 連携 เชื่อมต่อ integration connect",
    }.ToFrozenDictionary();

    /// <param name="code">A code of <see cref="Taxonomy"/>.</param>
    public static string Of(string code) => Words.GetValueOrDefault(code, "");
}
