namespace Sandbox.Faults;

/// <summary>What may be made to go wrong on purpose.</summary>
internal enum FaultKind
{
    /// <summary>The webhook is sent twice.</summary>
    WebhookDuplicate,

    /// <summary>The webhook waits, and what follows in its chat waits behind it.</summary>
    WebhookDelay,

    /// <summary>The webhook waits, and what follows in its chat overtakes it.</summary>
    WebhookReorder,

    /// <summary>The webhook is never sent.</summary>
    WebhookDrop,

    /// <summary>The webhook is signed with another secret; a redelivery is signed rightly.</summary>
    WebhookWrongSignature,

    /// <summary>The webhook's event bears a property that no documentation names.</summary>
    WebhookUnknownProperty,

    /// <summary>The attached event reaches the module before the code exchange is answered.</summary>
    AttachedFirst,

    /// <summary>The call is refused with 429 and not done.</summary>
    Api429,

    /// <summary>The call fails with 500 and is not done.</summary>
    Api500,

    /// <summary>The call is not done and never answered.</summary>
    ApiTimeout,

    /// <summary>The call is done and never answered.</summary>
    ApiLostAnswer,

    /// <summary>The call waits before it is done.</summary>
    ApiSlow,

    /// <summary>A film or recording cannot be prepared.</summary>
    TranscodingFails,

    /// <summary>A narrowcast that was accepted ends with LINE's internal error.</summary>
    NarrowcastFails,

    /// <summary>An upload that was accepted into an audience fails.</summary>
    AudienceFails,

    /// <summary>A batch of rich menu links that was accepted fails.</summary>
    RichMenuBatchFails,
}
