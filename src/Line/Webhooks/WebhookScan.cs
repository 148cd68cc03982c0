using System.Text.Json;
using System.Text.Unicode;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Reads what routing needs from a webhook request's bytes, and leaves the bytes as they are.</summary>
/// <remarks>
/// Hot path: two passes over the body, no allocation for requests as LINE writes them. The first pass checks the whole body, so that walking
/// the events cannot fail; a body that is no webhook request is a value (<see cref="Fault"/>), never an exception.
/// Where a property stands twice, the last one counts, as in every common JSON parser.
/// <code>
/// var scan = WebhookScan.Read(body);
/// if (scan.Fault != WebhookFault.None) return BadRequest(scan.Fault.Describe());
/// foreach (var webhookEvent in scan) Route(scan.Destination, webhookEvent.Type, webhookEvent.Raw);
/// </code>
/// </remarks>
public readonly ref struct WebhookScan
{
    /// <summary>Deepest nesting that is read: what the platform's JSON document reads too.</summary>
    public const int DepthMax = 64;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _eventsOffset;

    private WebhookScan(WebhookFault fault) => Fault = fault;

    private WebhookScan(ReadOnlySpan<byte> body, BotId destination, int eventsOffset, int eventCount)
    {
        _body = body;
        Destination = destination;
        _eventsOffset = eventsOffset;
        EventCount = eventCount;
    }

    /// <summary>What is wrong; <see cref="WebhookFault.None"/> when the rest may be used.</summary>
    public WebhookFault Fault { get; }

    /// <summary>The Official Account that the request is about.</summary>
    public BotId Destination { get; }

    /// <summary>How many events the request bears; 0 for LINE's verification request.</summary>
    public int EventCount { get; }

    /// <summary>Checks a whole body.</summary>
    public static WebhookScan Read(ReadOnlySpan<byte> body)
    {
        // The JSON reader checks grammar only; bytes that are no UTF-8 would throw later, where a string is read.
        if (!Utf8.IsValid(body))
            return new WebhookScan(WebhookFault.NotJson);

        try
        {
            return ReadRoot(body);
        }
        catch (JsonException) // The reader's only way to say that the grammar is broken.
        {
            return new WebhookScan(WebhookFault.NotJson);
        }
    }

    /// <summary>Walks the events in the request's order.</summary>
    /// <exception cref="InvalidOperationException">The body has a fault: there are no events to walk.</exception>
    public Enumerator GetEnumerator() =>
        Fault == WebhookFault.None && !_body.IsEmpty ? new Enumerator(_body, _eventsOffset) : throw new InvalidOperationException(Fault.Describe());

    private static WebhookScan ReadRoot(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            SkipChecked(ref reader);
            reader.Read(); // Throws on anything behind the value.
            return new WebhookScan(WebhookFault.NotAnObject);
        }

        var destination = default(BotId);
        var destinationFault = WebhookFault.DestinationMissing;
        var (eventsOffset, eventCount, eventsFault) = (0, 0, WebhookFault.EventsMissing);
        while (ReadChecked(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isDestination = reader.ValueTextEquals("destination"u8);
            var isEvents = reader.ValueTextEquals("events"u8);
            ReadChecked(ref reader);
            if (isDestination)
                destinationFault = TryReadBot(ref reader, out destination) ? WebhookFault.None : WebhookFault.DestinationMalformed;

            if (isEvents)
            {
                eventsOffset = checked((int)reader.TokenStartIndex);
                eventsFault = CountEvents(ref reader, out eventCount);
            }
            else
            {
                SkipChecked(ref reader);
            }
        }

        reader.Read(); // Throws on anything behind the object.
        var fault = destinationFault != WebhookFault.None ? destinationFault : eventsFault;
        return fault != WebhookFault.None ? new WebhookScan(fault) : new WebhookScan(body, destination, eventsOffset, eventCount);
    }

    private static bool TryReadBot(ref Utf8JsonReader reader, out BotId bot)
    {
        bot = default;
        return reader.TokenType == JsonTokenType.String
            && (reader.ValueIsEscaped
                ? BotId.TryParse(LenientText.Decode(reader.ValueSpan, hasEscapes: true), out bot)
                : BotId.TryParse(reader.ValueSpan, out bot));
    }

    private static WebhookFault CountEvents(ref Utf8JsonReader reader, out int count)
    {
        count = 0;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            SkipChecked(ref reader);
            return WebhookFault.EventsMissing;
        }

        var fault = WebhookFault.None;
        while (ReadChecked(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            if (!HasType(ref reader))
                fault = WebhookFault.EventMalformed;
        }

        return fault;
    }

    /// <summary>Walks over one event; whether it is an object with a type.</summary>
    private static bool HasType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            SkipChecked(ref reader);
            return false;
        }

        var hasType = false;
        while (ReadChecked(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            ReadChecked(ref reader);
            if (isType)
                hasType = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;

            SkipChecked(ref reader);
        }

        return hasType;
    }

    private static void SkipChecked(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;

        var depth = reader.CurrentDepth;
        while (ReadChecked(ref reader) && reader.CurrentDepth > depth)
        {
        }
    }

    /// <summary>Reads one token. A property's name with half a surrogate pair in it means something else to every parser: it is refused.</summary>
    private static bool ReadChecked(ref Utf8JsonReader reader)
    {
        var read = reader.Read();
        if (read && reader.TokenType == JsonTokenType.PropertyName && reader.ValueIsEscaped && !LenientText.IsWellFormed(reader.ValueSpan))
            throw new JsonException("A property's name is no text.");

        return read;
    }

    /// <summary>Walks the events of a body that was found good.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _body;
        private readonly int _start;
        private Utf8JsonReader _reader;

        internal Enumerator(ReadOnlySpan<byte> body, int eventsOffset)
        {
            _body = body;
            _start = eventsOffset;
            _reader = new Utf8JsonReader(body[eventsOffset..], new JsonReaderOptions { MaxDepth = DepthMax });
            _reader.Read(); // The array's bracket.
        }

        /// <summary>The event the walk stands on.</summary>
        public ScannedEvent Current { get; private set; }

        /// <summary>On to the next event; false behind the last one.</summary>
        public bool MoveNext()
        {
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
                return false;

            Current = ScannedEvent.Read(ref _reader, _body, _start);
            return true;
        }
    }
}
