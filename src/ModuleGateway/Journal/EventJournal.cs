using System.Text.Json;
using Line;
using Line.Webhooks;
using ModuleGateway.Security;
using ModuleGateway.Store;

namespace ModuleGateway.Journal;

/// <summary>What became of a webhook request.</summary>
/// <param name="New">Events stored now.</param>
/// <param name="Known">Events that were stored before: LINE sent them again.</param>
/// <param name="Anomalies">Events whose id was used before for other bytes: stored, and worth a look.</param>
internal sealed record Accepted(int New, int Known, int Anomalies);

/// <summary>Takes webhook requests in: every event once, durable before anybody is told.</summary>
internal sealed partial class EventJournal(IGatewayStore store, Vault vault, StoreClock clock, ILogger<EventJournal> log)
{
    /// <summary>Stores the events of a request that was found good; completes when they are durable.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored.</exception>
    public async Task<Accepted> AcceptAsync(ChannelId channel, ReadOnlyMemory<byte> body, Receipt receipt, CancellationToken cancellationToken)
    {
        var incoming = Read(channel, body, receipt);
        var accepted = await store.WriteAsync(tx => Append(tx, incoming), cancellationToken);
        if (accepted.Anomalies > 0)
            Log.SameIdOtherBytes(log, incoming[0].Event.Bot.ToString(), accepted.Anomalies);
        return accepted;
    }

    /// <summary>A stored event's bytes as LINE sent them.</summary>
    /// <exception cref="StoreUnavailableException">Its version of the master key was not read here yet.</exception>
    public byte[] Open(EventRow row) => vault.Bodies(row.Bot).OpenStored(row.SealedBody, $"Event {row.Seq}");

    private List<(NewEvent Event, ReadOnlyMemory<byte> Raw)> Read(ChannelId channel, ReadOnlyMemory<byte> body, Receipt receipt)
    {
        var scan = WebhookScan.Read(body.Span);
        var now = clock.GetUtcNow();
        var request = Guid.CreateVersion7(now);
        var sealer = vault.Bodies(scan.Destination);
        var events = new List<(NewEvent, ReadOnlyMemory<byte>)>(scan.EventCount);
        foreach (var scanned in scan)
        {
            var id = scanned.WebhookEventId.IsPresent ? scanned.WebhookEventId.ToString() : null;
            events.Add((
                new NewEvent(channel, scan.Destination, id, scanned.Type, request, now, sealer.Seal(scanned.Raw)) { Receipt = receipt },
                body.Slice(scanned.Offset, scanned.Raw.Length)));
        }

        return events;
    }

    private Accepted Append(IGatewayTransaction tx, List<(NewEvent Event, ReadOnlyMemory<byte> Raw)> incoming)
    {
        var (added, known, anomalies) = (0, 0, 0);
        foreach (var (@event, raw) in incoming)
        {
            var stored = @event.WebhookEventId is { } id ? tx.Events.WithId(@event.Channel!.Value, @event.Bot, id) : [];
            if (stored.FirstOrDefault(row => row.IsBlank || IsSame(Open(row), raw.Span)) is { } same)
            {
                tx.Events.Renew(same.Seq, tx.Now, @event.Receipt!.Value.SignedBy);
                known++;
                continue;
            }

            tx.Events.Append(@event with { Variant = stored.Count, ReceivedAt = tx.Now });
            added++;
            anomalies += stored.Count > 0 ? 1 : 0;
        }

        return new Accepted(added, known, anomalies);
    }

    /// <summary>Whether two bodies are one event: equal as JSON but for <c>deliveryContext</c>. LINE may change spaces and order.</summary>
    private static bool IsSame(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> incoming)
    {
        if (stored.SequenceEqual(incoming))
            return true;

        var (one, other) = (Properties(stored), Properties(incoming));
        return one.Count == other.Count && one.All(property => other.TryGetValue(property.Key, out var value) && JsonElement.DeepEquals(property.Value, value));
    }

    private static Dictionary<string, JsonElement> Properties(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in JsonElement.ParseValue(ref reader).EnumerateObject())
            properties[property.Name] = property.Value; // Where a name stands twice the last counts, as everywhere.
        properties.Remove("deliveryContext");
        return properties;
    }

    private static partial class Log
    {
        [LoggerMessage(101, LogLevel.Warning, "LINE used a webhookEventId again for other content: {Count} event(s) of bot {Bot}. All are kept.")]
        public static partial void SameIdOtherBytes(ILogger logger, string bot, int count);
    }
}
