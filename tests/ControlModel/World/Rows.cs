namespace ControlModel.World;

/// <summary>A delivery as the store has it.</summary>
/// <param name="IsNotice">Of the gateway's own.</param>
/// <param name="Chat">Kind and id of the chat in hex; null: the whole account.</param>
/// <param name="IsCancelled">The linkage ended before it was delivered.</param>
internal sealed record DeliveryEvidence(long Id, string EventId, string Type, bool IsNotice, string Bot, Guid Linkage, string? Chat, bool IsActive, long Epoch, bool IsCancelled);

/// <summary>An event of LINE's as the store has it.</summary>
/// <param name="LastReceivedAt">In milliseconds of the store's time.</param>
internal sealed record EventEvidence(long Seq, string EventId, long LastReceivedAt);

/// <summary>The epochs of a bot: its counter, and what its chats show.</summary>
internal sealed record EpochEvidence(string Bot, long Last, IReadOnlyDictionary<string, long> Chats);

/// <summary>What one look into the store saw, all at one instant.</summary>
internal sealed record Rows(IReadOnlyList<DeliveryEvidence> Deliveries, IReadOnlyList<EventEvidence> Events, IReadOnlyList<EpochEvidence> Epochs)
{
    /// <summary>These rows behind those of an earlier look that nobody judged.</summary>
    public Rows After(Rows? early) => early is null ? this : new Rows([.. early.Deliveries, .. Deliveries], [.. early.Events, .. Events], Epochs);

    /// <summary>Without the deliveries of these bots.</summary>
    public Rows Without(IReadOnlySet<string> bots) => this with { Deliveries = [.. Deliveries.Where(row => !bots.Contains(row.Bot))] };
}
