using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>What modules are told when control moves: events of the gateway's own, entries of the journal like any other.</summary>
/// <remarks>
/// Written in the transaction that moves control, in the chat's lane, so that each stands in order with the chat's other events.
/// An id is made from chat, epoch and linkage: the same gain or loss is the same event, however often it is told. A renewal is an event of its own each time.
/// </remarks>
internal sealed class Notices(Vault vault, MasterKeys keys)
{
    /// <summary>An id without a key would let whoever knows LINE's id of a customer find out which notice is about them. The first version: an id outlives a rotation.</summary>
    private readonly Lazy<byte[]> _idKey = new(() => keys.Derive(MasterKeys.FirstVersion, "notice ids"u8, []));

    private const int BodyBytes = 512; // More than nearly all of them have.

    private static readonly JsonWriterOptions WithoutChecks = new() { SkipValidation = true };

    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Tells a linkage that it is active in a chat, until <paramref name="expiresAt"/> where there is an end.</summary>
    public void Activated(IGatewayTransaction tx, ChatRow chat, LinkageId linkage, DateTimeOffset? expiresAt, DateTimeOffset now, bool isRenewal = false)
    {
        var id = EventId("activated", chat.Key, chat.Epoch, linkage, now, isRenewal ? Guid.NewGuid() : null);
        Write(tx, "activated", id, chat, linkage, now, json =>
        {
            json.WriteStartObject("chatControl");
            if (expiresAt is { } end)
                json.WriteNumber("expireAt", end.ToUnixTimeMilliseconds());
            json.WriteEndObject();
        });
    }

    /// <summary>Tells a linkage that it is no longer active in a chat.</summary>
    public void Deactivated(IGatewayTransaction tx, ChatRow chat, LinkageId linkage, DateTimeOffset now) =>
        Write(tx, "deactivated", EventId("deactivated", chat.Key, chat.Epoch, linkage, now), chat, linkage, now, static _ => { });

    /// <summary>Tells a linkage that it gained or lost the place of who answers by default; said once for the whole account.</summary>
    public void DefaultActive(IGatewayTransaction tx, AccountRow account, LinkageId linkage, bool gained, DateTimeOffset now)
    {
        var id = EventId(gained ? "gained" : "lost", new ChatKey(account.Bot, default, 0), account.DefaultEpoch, linkage, now);
        WriteForAccount(tx, "defaultActive", id, account.Bot, linkage, account.DefaultEpoch, now, json =>
        {
            json.WriteStartObject("defaultActive");
            json.WriteString("state", gained ? "gained" : "lost");
            json.WriteEndObject();
        });
    }

    /// <summary>LINE's own event for a linkage that begins.</summary>
    public void Attached(IGatewayTransaction tx, LinkageRow linkage, DateTimeOffset now) =>
        WriteForAccount(tx, "module", EventId("attached", new ChatKey(linkage.Bot, default, 0), now.ToUnixTimeMilliseconds(), linkage.Id, now), linkage.Bot, linkage.Id, 0, now, json =>
        {
            json.WriteStartObject("module");
            json.WriteString("type", "attached");
            json.WriteString("botId", linkage.Bot.ToString());
            json.WriteStartArray("scopes");
            foreach (var scope in linkage.Scopes)
                json.WriteStringValue(scope);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>LINE's own event for a linkage that ends.</summary>
    /// <param name="reason">LINE's reason where the connection itself ended and LINE gave one.</param>
    public void Detached(IGatewayTransaction tx, LinkageRow linkage, DateTimeOffset now, string? reason = null) =>
        WriteForAccount(tx, "module", EventId("detached", new ChatKey(linkage.Bot, default, 0), now.ToUnixTimeMilliseconds(), linkage.Id, now), linkage.Bot, linkage.Id, 0, now, json =>
        {
            json.WriteStartObject("module");
            json.WriteString("type", "detached");
            json.WriteString("botId", linkage.Bot.ToString());
            if (reason is not null)
                json.WriteString("reason", reason);
            json.WriteEndObject();
        });

    /// <summary>LINE's own event for an account whose use was stopped.</summary>
    public void Suspended(IGatewayTransaction tx, LinkageRow linkage, AccountRow account, DateTimeOffset now) => Standing(tx, "botSuspended", linkage, account, now);

    /// <summary>LINE's own event for an account that is back.</summary>
    public void Resumed(IGatewayTransaction tx, LinkageRow linkage, AccountRow account, DateTimeOffset now) => Standing(tx, "botResumed", linkage, account, now);

    private void Standing(IGatewayTransaction tx, string type, LinkageRow linkage, AccountRow account, DateTimeOffset now) =>
        WriteForAccount(tx, type, EventId(type, new ChatKey(linkage.Bot, default, 0), account.ConnectionAt?.ToUnixTimeMilliseconds() ?? 0, linkage.Id, now), linkage.Bot, linkage.Id, 0, now, static _ => { });

    private void Write(IGatewayTransaction tx, string type, string id, ChatRow chat, LinkageId linkage, DateTimeOffset now, Action<Utf8JsonWriter> details)
    {
        var (kind, property) = chat.Key.Kind switch
        {
            IdKind.User => ("user", "userId"),
            IdKind.Group => ("group", "groupId"),
            _ => ("room", "roomId"),
        };
        var upstream = tx.Control.Known(chat.Key.Bot, chat.Key.Kind, chat.Key.Id)?.Id ?? new UpstreamId(chat.Key.Kind, chat.Key.Id, null);
        var body = Body(type, id, now, json =>
        {
            details(json);
            json.WriteStartObject("source");
            json.WriteString("type", kind);
            json.WriteString(property, upstream.ToText(chat.Key.Bot));
            json.WriteEndObject();
        });
        Append(tx, type, id, chat.Key.Bot, linkage, chat.Key, chat.Epoch, now, body);
    }

    private void WriteForAccount(IGatewayTransaction tx, string type, string id, BotId bot, LinkageId linkage, long epoch, DateTimeOffset now, Action<Utf8JsonWriter> details) =>
        Append(tx, type, id, bot, linkage, null, epoch, now, Body(type, id, now, details));

    private void Append(IGatewayTransaction tx, string type, string id, BotId bot, LinkageId linkage, ChatKey? chat, long epoch, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var request = Guid.CreateVersion7(now);
        var seq = tx.Events.Append(new NewEvent(null, bot, id, type, request, now, vault.Bodies(bot).Seal(body)) { State = EventState.Routed });
        tx.Deliveries.Add(new NewDelivery(seq, linkage, chat, request, IsActive: true, epoch));
    }

    private static ReadOnlySpan<byte> Body(string type, string id, DateTimeOffset now, Action<Utf8JsonWriter> details)
    {
        var buffer = new ArrayBufferWriter<byte>(BodyBytes);
        using (var json = new Utf8JsonWriter(buffer, WithoutChecks))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            details(json);
            json.WriteString("webhookEventId", id);
            json.WriteStartObject("deliveryContext");
            json.WriteBoolean("isRedelivery", false);
            json.WriteEndObject();
            json.WriteNumber("timestamp", now.ToUnixTimeMilliseconds());
            json.WriteString("mode", "active"); // LINE fixes the mode of its module-only events so.
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    /// <summary>A ULID: its time is the moment of the change, its random part is made from what the notice is about.</summary>
    private string EventId(string what, ChatKey chat, long epoch, LinkageId linkage, DateTimeOffset at, Guid? renewal = null)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{what}|{chat.Bot}|{chat.Kind}|{chat.Id:x32}|{epoch}|{linkage.Value:N}|{renewal:N}");
        var hash = HMACSHA256.HashData(_idKey.Value, Encoding.ASCII.GetBytes(text));
        return string.Create(26, (hash, millis: at.ToUnixTimeMilliseconds()), static (span, state) =>
        {
            for (var i = 0; i < 10; i++)
                span[i] = Crockford[(int)(state.millis >> (5 * (9 - i))) & 31];
            for (var i = 10; i < span.Length; i++)
                span[i] = Crockford[state.hash[i] & 31];
        });
    }
}
