namespace Line.Webhooks;

/// <summary>The event types that LINE publishes. The set is open.</summary>
public static class EventTypes
{
#pragma warning disable CS1591 // The names say it; LINE's reference describes each.
    public const string Message = "message";
    public const string MessageEdited = "messageEdited";
    public const string Unsend = "unsend";
    public const string Follow = "follow";
    public const string Unfollow = "unfollow";
    public const string Join = "join";
    public const string Leave = "leave";
    public const string MemberJoined = "memberJoined";
    public const string MemberLeft = "memberLeft";
    public const string Postback = "postback";
    public const string VideoPlayComplete = "videoPlayComplete";
    public const string Beacon = "beacon";
    public const string AccountLink = "accountLink";
    public const string Membership = "membership";
    public const string Delivery = "delivery";
    public const string Module = "module";
    public const string Activated = "activated";
    public const string Deactivated = "deactivated";
    public const string BotSuspended = "botSuspended";
    public const string BotResumed = "botResumed";
#pragma warning restore CS1591

    private static readonly (string Name, byte[] Utf8)[] Known = WithBytes(
        Message, Postback, Follow, Unfollow, Activated, Deactivated, Module, Join, Leave, MemberJoined, MemberLeft, Unsend, MessageEdited,
        VideoPlayComplete, Beacon, AccountLink, Membership, Delivery, BotSuspended, BotResumed);

    /// <summary>The type's name; the constant itself where it is known.</summary>
    internal static string NameOf(JsonSpan type)
    {
        foreach (var (name, utf8) in Known)
        {
            if (type.Raw.SequenceEqual(utf8))
                return name;
        }

        return type.ToString();
    }

    private static (string Name, byte[] Utf8)[] WithBytes(params string[] names) =>
        Array.ConvertAll(names, static name => (name, System.Text.Encoding.ASCII.GetBytes(name)));
}
