namespace Line.Webhooks;

/// <summary>Words for <see cref="WebhookFault"/>.</summary>
public static class WebhookFaults
{
    /// <summary>One sentence that says what is wrong and what is expected.</summary>
    public static string Describe(this WebhookFault fault) => fault switch
    {
        WebhookFault.None => "The request is a webhook request.",
        WebhookFault.NotJson => $"The body is not JSON in UTF-8 of at most {WebhookScan.DepthMax} levels.",
        WebhookFault.NotAnObject => "The body is JSON but no object: {\"destination\":..,\"events\":[..]} is expected.",
        WebhookFault.DestinationMissing => "The body has no destination: the Bot ID of an Official Account is expected.",
        WebhookFault.DestinationMalformed => "The destination is no Bot ID: U and 32 lower-case hex digits are expected.",
        WebhookFault.EventsMissing => "The body has no events array.",
        WebhookFault.EventMalformed => "An element of events is no object with a type.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
