using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Line;
using Line.Webhooks;
using Microsoft.Extensions.Options;
using ModuleGateway.Security;
using ModuleGateway.Store;

namespace ModuleGateway.Journal;

/// <summary>What became of a webhook request.</summary>
/// <param name="New">Events stored now.</param>
/// <param name="Known">Events that were stored before: LINE sent them again.</param>
/// <param name="Anomalies">Events whose id was used before for other bytes: stored, and worth a look.</param>
internal sealed record Accepted(int New, int Known, int Anomalies);

/// <summary>Takes webhook requests in: every event once, durable before anybody is told.</summary>
internal sealed partial class EventJournal(IGatewayStore store, Vault vault, IOptions<JournalOptions> options, StoreClock clock, ILogger<EventJournal> log)
{
    private const int IdLengthMax = 200;

    /// <summary>Reads a request's events in one pass and seals them; null with the fault where it is no webhook request.</summary>
    public IncomingRequest? Read(ChannelId channel, ReadOnlyMemory<byte> body, Receipt receipt, out WebhookFault fault)
    {
        var scan = WebhookScan.Read(body.Span);
        fault = scan.Fault;
        if (fault != WebhookFault.None)
            return null;

        var now = clock.GetUtcNow();
        var request = Guid.CreateVersion7(now);
        var sealer = vault.Bodies(scan.Destination);
        var events = new List<IncomingEvent>(scan.EventCount);
        foreach (var scanned in scan)
        {
            var id = scanned.WebhookEventId.IsPresent ? KeyOf(scanned.WebhookEventId.ToString()) : null;
            events.Add(new IncomingEvent(
                new NewEvent(channel, scan.Destination, id, scanned.Type, request, now, sealer.Seal(scanned.Raw)) { Receipt = receipt, Message = MessageIds.NumberOf(scanned.Type, scanned.Raw) },
                body.Slice(scanned.Offset, scanned.Raw.Length)));
        }

        return new IncomingRequest(scan.Destination, events, body.Length);
    }

    /// <summary>Stores the events of a request; completes when they are durable.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored.</exception>
    public async Task<Accepted> AcceptAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        if (store.Undelivered.Count >= options.Value.UndeliveredMax)
            throw new StoreUnavailableException($"{store.Undelivered.Count} are undelivered, Journal:UndeliveredMax is {options.Value.UndeliveredMax}");

        var accepted = await store.WriteAsync(tx => Append(tx, request.Events), 2 * request.BodyBytes, cancellationToken); // As they came, and sealed.
        if (accepted.Anomalies > 0)
            Log.SameIdOtherBytes(log, request.Bot.ToString(), accepted.Anomalies);
        return accepted;
    }

    /// <summary>A stored event's bytes as LINE sent them.</summary>
    /// <exception cref="StoreUnavailableException">Its version of the master key was not read here yet.</exception>
    public byte[] Open(EventRow row) => vault.Bodies(row.Bot).OpenStored(row.SealedBody, $"Event {row.Seq}");

    /// <summary>By what an event is known again: its id. LINE's has 26 characters; one that no index takes, which an account's own channel may sign, is known by its hash.</summary>
    private static string KeyOf(string id) => id.Length <= IdLengthMax ? id : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private Accepted Append(IGatewayTransaction tx, List<IncomingEvent> incoming)
    {
        var (added, known, anomalies) = (0, 0, 0);
        foreach (var (@event, raw) in incoming)
        {
            var now = tx.Now;
            if (tx.Events.TryAppend(@event with { ReceivedAt = now }))
            {
                added++;
                continue;
            }

            // Its id was used before, by LINE sending it again or for other bytes.
            var stored = tx.Events.WithId(@event.Channel!.Value, @event.Bot, @event.WebhookEventId!);
            if (stored.FirstOrDefault(row => row.IsBlank || IsSame(Open(row), raw.Span)) is { } same)
            {
                tx.Events.Renew(same.Seq, now, @event.Receipt!.Value.SignedBy);
                known++;
                continue;
            }

            tx.Events.Append(@event with { Variant = stored.Count, ReceivedAt = now });
            added++;
            anomalies++;
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
