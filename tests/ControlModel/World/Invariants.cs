namespace ControlModel.World;

/// <summary>What holds whatever the order was: one active linkage per epoch, epochs that never fall, one notice per gain or loss, modules got what the store says.</summary>
internal sealed class Invariants
{
    private readonly Dictionary<(string Bot, string? Chat), long> _epochs = [];
    private readonly Dictionary<(string Bot, string Chat, long Epoch), Guid> _active = [];
    private readonly Dictionary<(string Bot, string Chat, long Epoch, string Type), (Guid Linkage, string EventId)> _notices = [];
    private readonly Dictionary<string, (string Type, string Bot, string? Chat, long Epoch, Guid Linkage)> _ids = [];

    /// <returns>What does not hold, one sentence each.</returns>
    public IEnumerable<string> Look(Rows rows, Evidence evidence) =>
        Epochs(rows, evidence).Concat(evidence.Deliveries.SelectMany(One)).Concat(Received(evidence));

    private IEnumerable<string> Epochs(Rows rows, Evidence evidence)
    {
        foreach (var row in rows.Epochs.Where(row => row.Bot == evidence.Bot.StoreKey))
        {
            if (!Grows((row.Bot, null), row.Last))
                yield return $"The epoch counter of a bot fell to {row.Last}.";
            foreach (var (chat, epoch) in row.Chats)
            {
                if (!Grows((row.Bot, chat), epoch))
                    yield return $"The epoch of chat {chat} fell to {epoch}.";
                if (epoch > row.Last)
                    yield return $"The epoch {epoch} of chat {chat} is beyond its bot's counter {row.Last}.";
            }
        }
    }

    private bool Grows((string, string?) what, long epoch)
    {
        var grows = epoch >= _epochs.GetValueOrDefault(what);
        _epochs[what] = Math.Max(epoch, _epochs.GetValueOrDefault(what));
        return grows;
    }

    private IEnumerable<string> One(DeliveryEvidence row)
    {
        var told = (row.Type, row.Bot, row.Chat, row.Epoch, row.Linkage);
        if (row.IsNotice && row.Type is "activated" or "deactivated" or "defaultActive" && _ids.TryGetValue(row.EventId, out var other) && other != told)
            yield return $"Two notices share the id {row.EventId}: {other} and {told}.";
        _ids[row.EventId] = told;
        if (row.Chat is not { } chat)
            yield break;

        if (!row.IsNotice && row.IsActive && _active.TryGetValue((row.Bot, chat, row.Epoch), out var active) && active != row.Linkage)
            yield return $"Linkages {active} and {row.Linkage} both have an active copy in chat {chat} of epoch {row.Epoch}.";
        if (!row.IsNotice && row.IsActive)
            _active[(row.Bot, chat, row.Epoch)] = row.Linkage;
        if (!row.IsNotice)
            yield break;

        // A renewal is told again with its new end; a loss, and who gained, is told to one linkage per epoch.
        if (_notices.TryGetValue((row.Bot, chat, row.Epoch, row.Type), out var first) && (first.Linkage != row.Linkage || row.Type == "deactivated"))
            yield return $"{row.Type} of epoch {row.Epoch} in chat {chat} was told to {first.Linkage} as {first.EventId} and to {row.Linkage} as {row.EventId}.";
        _notices.TryAdd((row.Bot, chat, row.Epoch, row.Type), (row.Linkage, row.EventId));
    }

    private static IEnumerable<string> Received(Evidence evidence)
    {
        foreach (var lane in evidence.Deliveries.Where(row => row.Chat is not null).GroupBy(row => (row.Linkage, row.Chat)))
        {
            var linkage = evidence.Bot.Linkages.Single(one => one.Id.Value == lane.Key.Linkage);
            var last = 0;
            foreach (var row in lane.DistinctBy(row => row.EventId))
            {
                if (evidence.Arrivals.Find(linkage.Id, row.EventId) is not { } came)
                {
                    if (!row.IsCancelled)
                        yield return $"{row.Type} {row.EventId} never reached linkage {linkage.Number}.";
                    continue;
                }

                if (came.Nth < last)
                    yield return $"{row.Type} {row.EventId} reached linkage {linkage.Number} out of order.";
                last = came.Nth;
                if ((string?)came.Event["mode"] != (row.IsActive ? "active" : "standby"))
                    yield return $"{row.Type} {row.EventId} reached linkage {linkage.Number} as {came.Event["mode"]}, the store says active: {row.IsActive}.";
                if (row.Type is "message" or "follow" && came.Event.ContainsKey("replyToken") != row.IsActive)
                    yield return $"{row.Type} {row.EventId} reached linkage {linkage.Number} as {came.Event["mode"]} and {(row.IsActive ? "without" : "with")} a reply token.";
            }
        }
    }
}
