namespace KeywordReply;

/// <summary>What an account answers before its owner has written anything.</summary>
internal static class BuiltInAnswers
{
    public static readonly AnswerSet Set = new(
        Greeting: "謝謝您加我們好友！\n您可以直接輸入問題，或點選下方按鈕。\n\nThanks for adding us! Ask anything, or tap a button below.",
        Fallback: "這題我還沒學會。您可以點選下方按鈕，或輸入「真人」請我們的夥伴回覆您。\n\nI do not know that one yet: tap a button below, or write “human” and one of us will answer.",
        Rules:
        [
            new(["營業時間", "幾點", "有開", "公休"], "我們每天 10:00 到 20:00 營業，週一公休。\n國定假日照常為您服務。", AnswerKind.Text),
            new(["地址", "在哪", "怎麼去", "停車"], "我們在市中心的轉角，捷運站 2 號出口步行 3 分鐘。\n門口可臨停，對面有收費停車場。", AnswerKind.Text),
            new(["預約", "訂位", "預訂"], "想什麼時候來呢？選一個時段，我們會回覆您確認。", AnswerKind.Booking),
            new(["選單", "功能", "你好", "您好", "哈囉"], "您好！想知道什麼呢？點選下方按鈕就可以。", AnswerKind.Menu),
            new(["hours", "open", "opening hours", "close"], "We are open daily from 10:00 to 20:00, closed on Mondays.", AnswerKind.Text),
            new(["address", "where", "location", "parking"], "We are on the corner in the city centre, three minutes from exit 2 of the station. Parking across the street.", AnswerKind.Text),
            new(["book", "booking", "reserve", "appointment"], "When would you like to come? Pick a time and we will confirm.", AnswerKind.Booking),
            new(["menu", "help", "hi", "hello"], "Hello! What would you like to know? Tap a button below.", AnswerKind.Menu),
            new(["真人", "人工", "客服", "human", "agent", "スタッフ", "เจ้าหน้าที่"], "", AnswerKind.Silent),
        ]);
}
