namespace Line.Webhooks;

/// <summary>What is wrong with the body of a webhook request.</summary>
public enum WebhookFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The bytes are no JSON in UTF-8, or nested deeper than <see cref="WebhookScan.DepthMax"/>.</summary>
    NotJson,

    /// <summary>JSON, but no object.</summary>
    NotAnObject,

    /// <summary>No <c>destination</c>.</summary>
    DestinationMissing,

    /// <summary><c>destination</c> is no Bot ID.</summary>
    DestinationMalformed,

    /// <summary>No <c>events</c> array.</summary>
    EventsMissing,

    /// <summary>An element of <c>events</c> is no object, or has no <c>type</c>.</summary>
    EventMalformed,
}
