namespace ControlModel.Model;

/// <summary>What one linkage was given in one lane: a copy of LINE's event, or a notice.</summary>
/// <param name="EventId">Its <c>webhookEventId</c>.</param>
/// <param name="Kind">Null: a notice for the whole account that was cancelled before anybody read whether it says gained or lost.</param>
/// <param name="IsActive">Whether its mode is active.</param>
/// <param name="Epoch">The epoch that the gateway gave it.</param>
/// <param name="Until">The end of the hold, in milliseconds; null: none.</param>
/// <param name="WasRead">False for what was cancelled before it arrived: nobody knows <paramref name="Until"/>.</param>
public sealed record Copy(string EventId, CopyKind? Kind, bool IsActive, long Epoch, long? Until = null, bool WasRead = true)
{
    public override string ToString() => Kind switch
    {
        CopyKind.Event => $"{(IsActive ? "active" : "standby")} copy of {EventId}, epoch {Epoch}",
        CopyKind.Activated => $"activated{(Until is { } end ? $" until {end}" : "")}, epoch {Epoch}",
        null => $"defaultActive, epoch {Epoch}",
        { } kind => $"{kind.ToString().ToLowerInvariant()}, epoch {Epoch}",
    };
}
