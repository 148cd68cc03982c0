namespace LiveDesk;

/// <summary>Why the desk cannot do what an agent asked for.</summary>
/// <param name="Status">The HTTP status that says so.</param>
/// <param name="Code">Stable; the page has its own words for it.</param>
/// <param name="Words">One English sentence.</param>
internal sealed record DeskRefusal(int Status, string Code, string Words)
{
    public static readonly DeskRefusal NoSuchChat = new(404, "no-such-chat", "There is no such chat.");
    public static readonly DeskRefusal NoSuchMessage = new(404, "no-such-message", "There is no such message that waits to be sent again.");
    public static readonly DeskRefusal BadText = new(400, "bad-text", "A message has 1 to 5000 characters.");
    public static readonly DeskRefusal NotHeld = new(409, "not-held", "The desk does not answer in this chat now. Take it first.");
    public static readonly DeskRefusal JustTaken = new(409, "just-taken", "Another module took this chat a moment ago. Try again in a few seconds.");
    public static readonly DeskRefusal NotInChat = new(409, "not-in-chat", "This chat cannot be taken: the customer has blocked the account, or the account has left the group.");
    public static readonly DeskRefusal Suspended = new(409, "suspended", "The account is suspended; nothing can be sent.");
    public static readonly DeskRefusal Detached = new(409, "detached", "The account is no longer connected with this module.");
    public static readonly DeskRefusal Away = new(503, "away", "The platform does not answer. What you wrote is kept: send it again in a moment.");
    public static readonly DeskRefusal MonthlyLimit = new(409, "monthly-limit", "The account has used up its messages of this month.");

    public static DeskRefusal Refused(string words) => new(409, "refused", $"The platform refused: {words}");
}
