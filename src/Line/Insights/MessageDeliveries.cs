namespace Line.Insights;

/// <summary>How many messages were sent on a day. A number is null where there were none, or LINE has not counted yet.</summary>
/// <param name="Status"><c>ready</c>, <c>unready</c> (counted the next day) or <c>out_of_service</c> (before 1 March 2017); an open set.</param>
public sealed record MessageDeliveries(string Status)
{
    /// <summary>To all friends, from LINE's screens.</summary>
    public long? Broadcast { get; init; }

    /// <summary>To some friends, from LINE's screens.</summary>
    public long? Targeting { get; init; }

    /// <summary>Answers by LINE's own auto-response.</summary>
    public long? AutoResponse { get; init; }

    /// <summary>Greetings.</summary>
    public long? WelcomeResponse { get; init; }

    /// <summary>By people in LINE's chat screen.</summary>
    public long? Chat { get; init; }

    /// <summary>By broadcast call.</summary>
    public long? ApiBroadcast { get; init; }

    /// <summary>By push call.</summary>
    public long? ApiPush { get; init; }

    /// <summary>By multicast call.</summary>
    public long? ApiMulticast { get; init; }

    /// <summary>By narrowcast call.</summary>
    public long? ApiNarrowcast { get; init; }

    /// <summary>By reply call.</summary>
    public long? ApiReply { get; init; }

    /// <summary>Step messages of LINE's screens.</summary>
    public long? StepMessage { get; init; }

    /// <summary>Notification messages.</summary>
    public long? PnpNoticeMessage { get; init; }

    /// <summary>By chat tools of others.</summary>
    public long? ThirdPartyChatTool { get; init; }
}
