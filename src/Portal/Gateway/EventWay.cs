namespace Portal.Gateway;

/// <summary>What became of an event, as the gateway tells it.</summary>
/// <param name="State"><c>accepted</c>, <c>routed</c>, <c>notConnected</c>, <c>foreignChannel</c> or <c>setAside</c>.</param>
/// <param name="SignedBy"><c>current</c> or <c>previous</c> secret; null for a notice of the gateway's own.</param>
public sealed record EventWay(
    string? WebhookEventId, string BotId, string? ChannelId, string Type, DateTimeOffset ReceivedAt, string? SignedBy, IReadOnlyList<EventReceipt> ReceivedAgain, string State, IReadOnlyList<DeliveryWay> Deliveries);

/// <summary>A receipt after the first.</summary>
public sealed record EventReceipt(DateTimeOffset At, string SignedBy);

/// <summary>An event on its way to one linkage.</summary>
/// <param name="Module">The module's name; null when the gateway serves it no more.</param>
/// <param name="Mode"><c>active</c> or <c>standby</c>; null for an event without a chat.</param>
/// <param name="State"><c>owed</c>, <c>delivered</c>, <c>cancelled</c>, <c>aside</c> or <c>dead</c>.</param>
/// <param name="ReplayId">Null: it is no replay.</param>
public sealed record DeliveryWay(string DeliveryId, string? Module, string? Mode, long? Epoch, string State, long? ReplayId, DateTimeOffset? NextAttemptAt, IReadOnlyList<AttemptWay> Attempts);

/// <summary>One attempt.</summary>
/// <param name="Status">0: there was no answer.</param>
/// <param name="Outcome"><c>delivered</c>, or LINE's word for what went wrong.</param>
/// <param name="Answer">How the module's answer began: its tenant's data, for the operator's eyes.</param>
public sealed record AttemptWay(int Number, DateTimeOffset At, int Status, string Outcome, int Millis, string? Answer);
