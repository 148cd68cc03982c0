namespace LiveDesk;

/// <summary>How the desk takes chats and what it says. Configuration section "Desk".</summary>
internal sealed class DeskOptions
{
    public const string Section = "Desk";

    /// <summary>How long a chat is held after the last sign of work: 1 min to 365 days, default 1 h.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Words by which a customer asks for a person. Null: the built-in ones in Chinese, English, Japanese and Thai. A list here replaces them.</summary>
    public string[]? Words { get; init; }

    /// <summary>Said when a chat is taken on a customer's word; 1 to 1000 characters.</summary>
    public string TakenText { get; init; } = "已為您轉接專人，請稍候，我們的夥伴會在這裡回覆您。\nA person from our team will answer you here in a moment.";

    /// <summary>Said before a chat is given back; up to 1000 characters, empty says nothing.</summary>
    public string ReturnedText { get; init; } = "謝謝您的耐心！接下來由自動小幫手繼續為您服務。\nThank you! Our automatic helper takes over again from here.";

    /// <summary>The words in use.</summary>
    public IReadOnlyList<string> WordsInUse => Words ?? ["真人", "人工", "客服", "human", "agent", "スタッフ", "เจ้าหน้าที่"];
}
