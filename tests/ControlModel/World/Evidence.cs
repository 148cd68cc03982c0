using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.World;

/// <summary>What is known of one bot's round once it is over: from the store, from what reached the modules, from what reached LINE.</summary>
internal sealed class Evidence
{
    private readonly Dictionary<string, EventEvidence> _events;
    private readonly Dictionary<(Guid, string), DeliveryEvidence> _deliveries = [];

    public Evidence(ModelBot bot, Rows rows, Arrivals arrivals, LineWorld line, long over)
    {
        Bot = bot;
        Line = line;
        Arrivals = arrivals;
        Over = over;
        _events = rows.Events.ToDictionary(row => row.EventId);
        Deliveries = [.. rows.Deliveries.Where(row => row.Bot == bot.StoreKey)];
        foreach (var delivery in Deliveries)
            _deliveries.TryAdd((delivery.Linkage, delivery.EventId), delivery);
    }

    public ModelBot Bot { get; }

    public LineWorld Line { get; }

    public Arrivals Arrivals { get; }

    /// <summary>When the round was over, in ticks.</summary>
    public long Over { get; }

    public IReadOnlyList<DeliveryEvidence> Deliveries { get; }

    public EventEvidence? Event(string eventId) => _events.GetValueOrDefault(eventId);

    /// <summary>When an event was routed at the latest: a module had it.</summary>
    public long RoutedBy(string eventId) =>
        Bot.Linkages.Select(linkage => Arrivals.Find(linkage.Id, eventId)?.At).Append(Over).Min()!.Value;

    /// <summary>The token as the checker needs it; null while the store has not shown its delivery.</summary>
    public ReplyToken? Token(KnownToken token)
    {
        if (token.Facts is null && _deliveries.TryGetValue((Bot.Linkages[token.Linkage].Id.Value, token.EventId), out var delivery) && Event(token.EventId) is { } received)
            token.Facts = (delivery.Epoch, received.LastReceivedAt);
        return token.Facts is { } facts ? new ReplyToken(token.Id, token.Linkage, token.Chat, facts.Epoch, facts.ReceivedAt) : null;
    }

    public Lanes Lanes()
    {
        var lanes = new Lanes(Bot.Linkages.Count, Bot.Chats.Count);
        foreach (var row in Deliveries)
        {
            var linkage = Bot.Linkages.Single(one => one.Id.Value == row.Linkage);
            if (row.Chat is { } key)
                lanes.Add(linkage.Number, Bot.Chats.Single(chat => chat.Key == key).Number, Describe(row, linkage));
            else if (row.Type == "defaultActive")
                lanes.Add(linkage.Number, null, Describe(row, linkage));
        }

        return lanes;
    }

    private Copy Describe(DeliveryEvidence row, ModelLinkage linkage)
    {
        var read = Arrivals.Find(linkage.Id, row.EventId)?.Event;
        CopyKind? kind = row switch
        {
            { IsNotice: false } => CopyKind.Event,
            { Type: "activated" } => CopyKind.Activated,
            { Type: "deactivated" } => CopyKind.Deactivated,
            _ => (string?)read?["defaultActive"]?["state"] switch { "gained" => CopyKind.Gained, "lost" => CopyKind.Lost, _ => null },
        };
        return new Copy(row.EventId, kind, row.IsActive, row.Epoch, (long?)read?["chatControl"]?["expireAt"], read is not null);
    }
}
