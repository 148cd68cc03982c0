using System.Text.Json;
using Line;
using Line.Json;

namespace ModuleGateway.Linkages;

/// <summary>What a part of LINE's JSON is to us; everything else passes through as bytes.</summary>
internal enum JsonPart { Id, Mode, ReplyToken, IsRedelivery, MarkAsReadToken, Alias, End }

/// <summary>Walks one event, or one answer of LINE's, and stops at each part that a module must see differently.</summary>
/// <remarks>
/// Nothing is parsed into objects: positions point into the bytes that came, so that key order, escapes, numbers and unknown fields survive.
/// Ids are found by name (<c>userId</c>, <c>groupId</c>, <c>roomId</c>, and the lists of LINE's answers), whatever their shape, and under any
/// other name by shape alone, and where they are names themselves, except in the fields that hold people's or modules' own text.
/// </remarks>
internal ref struct JsonParts
{
    private enum Name : byte { Other, User, Group, Room, Own, Mode, ReplyToken, DeliveryContext, IsRedelivery, MarkAsReadToken, Alias }

    private readonly ReadOnlySpan<byte> _json;
    private readonly bool _isEvent;
    private Utf8JsonReader _reader;
    private Name _name;
    private bool _inDeliveryContext;
    private int _siblingEnd;  // Where the value before the current top-level property ended.
    private int _nameStart;
    private bool _hasSibling;  // Whether a top-level property stands before, reply tokens apart.

    /// <param name="json">One JSON value, already known to be well-formed.</param>
    /// <param name="isEvent">Whether the top level has an event's <c>mode</c>, <c>replyToken</c> and <c>deliveryContext</c>.</param>
    public JsonParts(ReadOnlySpan<byte> json, bool isEvent)
    {
        _json = json;
        _isEvent = isEvent;
        _reader = new Utf8JsonReader(json);
    }

    public JsonPart Part { get; private set; }

    /// <summary>First byte of the part: of a string, the byte after its opening quote.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    public IdKind IdKind { get; private set; }

    /// <summary>The string's bytes without escapes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>What to cut so that the property is gone, its comma included. Only for <see cref="JsonPart.ReplyToken"/>.</summary>
    public (int Start, int End) PropertyCut { get; private set; }

    /// <summary>Whether the event said a <c>mode</c>; known at the end.</summary>
    public bool HasMode { get; private set; }

    /// <summary>Moves to the next part; false after <see cref="JsonPart.End"/>, which stands at the closing brace.</summary>
    public bool Next()
    {
        while (_reader.Read())
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _nameStart = (int)_reader.TokenStartIndex;
                    if (IsIdAtName())
                        return true;
                    _name = Classify();
                    continue;
                case JsonTokenType.String:
                    var found = AtString();
                    AfterValue();
                    if (found)
                        return true;
                    continue;
                case JsonTokenType.True or JsonTokenType.False when _name == Name.IsRedelivery:
                    At(JsonPart.IsRedelivery, (int)_reader.TokenStartIndex, _reader.ValueSpan.Length);
                    AfterValue();
                    return true;
                case JsonTokenType.StartObject:
                    _inDeliveryContext = _name == Name.DeliveryContext;
                    if (_reader.CurrentDepth == 0)
                        _siblingEnd = (int)_reader.BytesConsumed;
                    _name = Name.Other;
                    continue;
                case JsonTokenType.EndObject when _reader.CurrentDepth == 0:
                    At(JsonPart.End, (int)_reader.TokenStartIndex, 0);
                    return true;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _inDeliveryContext = false;
                    _name = Name.Other;
                    AfterValue();
                    continue;
                case JsonTokenType.StartArray:
                    continue;
                default:
                    AfterValue();
                    continue;
            }
        }

        return false;
    }

    private void At(JsonPart part, int start, int length)
    {
        Part = part;
        Start = start;
        Length = length;
    }

    private void AfterValue()
    {
        if (_reader.CurrentDepth != 1)
            return;

        _siblingEnd = (int)_reader.BytesConsumed;
        _hasSibling |= _name != Name.ReplyToken;
    }

    /// <summary>A map whose names are ids: LINE has none today.</summary>
    private bool IsIdAtName()
    {
        if (_reader.ValueSpan.Length < BotId.Length)
            return false;

        Value = Unescaped();
        if (!UpstreamId.LooksLikeId(Value, out var kind))
            return false;

        _name = Name.Other;
        IdKind = kind;
        At(JsonPart.Id, _nameStart + 1, _reader.ValueSpan.Length);
        return true;
    }

    private bool AtString()
    {
        var start = (int)_reader.TokenStartIndex + 1;
        var raw = _reader.ValueSpan;
        At(JsonPart.Id, start, raw.Length);
        switch (_name)
        {
            case Name.User or Name.Group or Name.Room:
                Value = Unescaped();
                IdKind = _name switch { Name.User => IdKind.User, Name.Group => IdKind.Group, _ => IdKind.Room };
                return Value.Length > 0;
            case Name.Own:
                return false;
            case Name.Mode when _reader.CurrentDepth == 1:
                HasMode = true;
                Value = Unescaped();
                Part = JsonPart.Mode;
                return true;
            case Name.ReplyToken when _reader.CurrentDepth == 1:
                Value = Unescaped();
                Part = JsonPart.ReplyToken;
                PropertyCut = CutOf(start + raw.Length + 1);
                return true;
            case Name.MarkAsReadToken:
                Value = Unescaped();
                Part = JsonPart.MarkAsReadToken;
                return true;
            case Name.Alias:
                Value = Unescaped();
                Part = JsonPart.Alias;
                return true;
            default:
                // Shapes have no escapes of their own, but LINE may escape what need not be: six bytes for one.
                if (raw.Length < BotId.Length || raw.Length > IdText.LongestForModule * 6)
                    return false;
                Value = Unescaped();
                if (!UpstreamId.LooksLikeId(Value, out var kind))
                    return false;
                IdKind = kind;
                return true;
        }
    }

    private readonly ReadOnlySpan<byte> Unescaped() =>
        _reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(LenientText.Decode(_reader.ValueSpan, hasEscapes: true)) : _reader.ValueSpan;

    /// <summary>From the end of the sibling before, or, for the first property, up to the name of the next.</summary>
    private readonly (int Start, int End) CutOf(int valueEnd)
    {
        if (_hasSibling)
            return (_siblingEnd, valueEnd);

        var end = SkipSpace(valueEnd);
        return _json[end] == ',' ? (_nameStart, SkipSpace(end + 1)) : (_nameStart, valueEnd);
    }

    private readonly int SkipSpace(int at)
    {
        while (_json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return at;
    }

    private readonly Name Classify()
    {
        var depth = _reader.CurrentDepth;
        if (_isEvent && depth == 1)
        {
            if (_reader.ValueTextEquals("mode"u8))
                return Name.Mode;
            if (_reader.ValueTextEquals("replyToken"u8))
                return Name.ReplyToken;
            if (_reader.ValueTextEquals("deliveryContext"u8))
                return Name.DeliveryContext;
        }

        if (_isEvent && _inDeliveryContext && _reader.ValueTextEquals("isRedelivery"u8))
            return Name.IsRedelivery;
        if (_reader.ValueTextEquals("userId"u8) || _reader.ValueTextEquals("userIds"u8) || _reader.ValueTextEquals("memberIds"u8))
            return Name.User;
        if (_reader.ValueTextEquals("groupId"u8))
            return Name.Group;
        if (_reader.ValueTextEquals("roomId"u8))
            return Name.Room;
        if (_reader.ValueTextEquals("markAsReadToken"u8))
            return Name.MarkAsReadToken;
        if (_reader.ValueTextEquals("richMenuAliasId"u8) || _reader.ValueTextEquals("newRichMenuAliasId"u8))
            return Name.Alias;
        return IsOwnText() ? Name.Own : Name.Other;
    }

    /// <summary>Fields whose text belongs to people or modules and is never an id of LINE's, whatever it looks like.</summary>
    private readonly bool IsOwnText() =>
        _reader.ValueTextEquals("text"u8) || _reader.ValueTextEquals("data"u8) || _reader.ValueTextEquals("nonce"u8)
        || _reader.ValueTextEquals("title"u8) || _reader.ValueTextEquals("address"u8) || _reader.ValueTextEquals("fileName"u8)
        || _reader.ValueTextEquals("keywords"u8) || _reader.ValueTextEquals("trackingId"u8) || _reader.ValueTextEquals("hwid"u8)
        || _reader.ValueTextEquals("dm"u8) || _reader.ValueTextEquals("displayName"u8) || _reader.ValueTextEquals("statusMessage"u8);
}
