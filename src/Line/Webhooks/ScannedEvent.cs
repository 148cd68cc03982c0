using System.Text.Json;

namespace Line.Webhooks;

/// <summary>One event of a request, as far as routing reads it: slices of the original bytes.</summary>
public readonly ref struct ScannedEvent
{
    /// <summary>The event's JSON object as it came, braces included.</summary>
    public ReadOnlySpan<byte> Raw { get; private init; }

    /// <summary>Where <see cref="Raw"/> starts in the body.</summary>
    public int Offset { get; private init; }

    /// <summary>The event's type in bytes; see <see cref="Type"/>.</summary>
    public JsonSpan TypeText { get; private init; }

    /// <summary>The event's type: "message", "follow", ..., an open set. No allocation for those that are known.</summary>
    public string Type => EventTypes.NameOf(TypeText);

    /// <summary>Whether the receiving channel may answer.</summary>
    public ChannelMode Mode { get; private init; }

    /// <summary>When it occurred, milliseconds since 1970 UTC, also on redelivery; null when absent or out of range.</summary>
    public long? TimestampMs { get; private init; }

    /// <summary>The event's id; absent in old events.</summary>
    public JsonSpan WebhookEventId { get; private init; }

    /// <summary>Whether LINE sends this again because an earlier try was not answered with 2xx.</summary>
    public bool IsRedelivery { get; private init; }

    /// <summary>The <c>deliveryContext</c> object, the only part in which a redelivery differs from the original.</summary>
    public JsonSpan DeliveryContext { get; private init; }

    /// <summary>Present only for the channel that is active in the chat, and only in events that can be replied to.</summary>
    public JsonSpan ReplyToken { get; private init; }

    /// <summary>Where it happened.</summary>
    public SourceKind SourceKind { get; private init; }

    /// <summary>The id of the user, group or room, whichever the kind names.</summary>
    public JsonSpan ChatId { get; private init; }

    /// <summary>Who did it: in a one-to-one chat the chat's own id, in a group the member, where LINE tells.</summary>
    public JsonSpan UserId { get; private init; }

    /// <summary>Reads one event's own JSON, as <see cref="Raw"/> gave it: an event that was stored and is taken up again.</summary>
    /// <exception cref="JsonException">No JSON object.</exception>
    public static ScannedEvent Read(ReadOnlySpan<byte> eventJson)
    {
        var reader = new Utf8JsonReader(eventJson, new JsonReaderOptions { MaxDepth = WebhookScan.DepthMax });
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? Read(ref reader, eventJson, 0) : throw new JsonException("An event is a JSON object.");
    }

    /// <summary>Reads the object that <paramref name="reader"/> stands on, which a first pass found good; leaves it on the closing brace.</summary>
    internal static ScannedEvent Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int readerStart)
    {
        var start = readerStart + (int)reader.TokenStartIndex;
        JsonSpan type = default, id = default, context = default, replyToken = default;
        var mode = ChannelMode.Unknown;
        long? timestamp = null;
        var isRedelivery = false;
        var source = default(ScannedSource);

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
                type = ReadText(ref reader, readerStart);
            else if (reader.ValueTextEquals("mode"u8))
                mode = ReadMode(ReadText(ref reader, readerStart));
            else if (reader.ValueTextEquals("timestamp"u8))
                timestamp = ReadLong(ref reader);
            else if (reader.ValueTextEquals("webhookEventId"u8))
                id = ReadText(ref reader, readerStart);
            else if (reader.ValueTextEquals("replyToken"u8))
                replyToken = ReadText(ref reader, readerStart);
            else if (reader.ValueTextEquals("source"u8))
                source = ScannedSource.Read(ref reader, readerStart);
            else if (reader.ValueTextEquals("deliveryContext"u8))
                context = ReadContext(ref reader, body, readerStart, out isRedelivery);
            else
                SkipValue(ref reader);
        }

        return new ScannedEvent
        {
            Offset = start,
            Raw = body[start..(readerStart + (int)reader.BytesConsumed)],
            TypeText = type,
            Mode = mode,
            TimestampMs = timestamp,
            WebhookEventId = id,
            IsRedelivery = isRedelivery,
            DeliveryContext = context,
            ReplyToken = replyToken,
            SourceKind = source.Kind,
            ChatId = source.Chat,
            UserId = source.User,
        };
    }

    /// <summary>The string that is the next value; absent when it is of another kind.</summary>
    internal static JsonSpan ReadText(scoped ref Utf8JsonReader reader, int readerStart)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return new JsonSpan(readerStart + (int)reader.TokenStartIndex + 1, reader.ValueSpan, reader.ValueIsEscaped);

        reader.Skip();
        return default;
    }

    internal static void SkipValue(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static ChannelMode ReadMode(JsonSpan mode) =>
        mode.Is("active"u8) ? ChannelMode.Active : mode.Is("standby"u8) ? ChannelMode.Standby : ChannelMode.Unknown;

    private static long? ReadLong(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
            return number;

        reader.Skip();
        return null;
    }

    private static JsonSpan ReadContext(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int readerStart, out bool isRedelivery)
    {
        isRedelivery = false;
        reader.Read();
        var start = readerStart + (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFlag = reader.ValueTextEquals("isRedelivery"u8);
            reader.Read();
            if (isFlag)
                isRedelivery = reader.TokenType == JsonTokenType.True;

            reader.Skip();
        }

        return new JsonSpan(start, body[start..(readerStart + (int)reader.BytesConsumed)], hasEscapes: false);
    }
}
