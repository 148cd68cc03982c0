using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Line;

/// <summary>The user, group or room a bot talks with: exactly one of the three.</summary>
/// <remarks>
/// Its text form is the id alone, as LINE wants it in paths and in <c>to</c>; parsing that tells the kind by LINE's first letter
/// ("C" a group, "R" a room, anything else a user). Where the kind is known, convert from the typed id instead.
/// </remarks>
[JsonConverter(typeof(ParsableJsonConverter<ChatId>))]
public readonly record struct ChatId : IParsable<ChatId>
{
    private readonly string? _value;

    private ChatId(ChatKind kind, string value)
    {
        Kind = kind;
        _value = value;
    }

    /// <summary>Which of the three; 0 for <c>default</c>, which names no chat.</summary>
    public ChatKind Kind { get; }

    /// <summary>The user of a one-to-one chat; null in groups and rooms.</summary>
    public UserId? User => Kind == ChatKind.User ? UserId.Parse(ToString(), null) : null;

    /// <summary>The group; null elsewhere.</summary>
    public GroupId? Group => Kind == ChatKind.Group ? GroupId.Parse(ToString(), null) : null;

    /// <summary>The room; null elsewhere.</summary>
    public RoomId? Room => Kind == ChatKind.Room ? RoomId.Parse(ToString(), null) : null;

    /// <summary>The one-to-one chat with a user.</summary>
    public static ChatId Of(UserId user) => new(ChatKind.User, user.ToString());

    /// <summary>A group's chat.</summary>
    public static ChatId Of(GroupId group) => new(ChatKind.Group, group.ToString());

    /// <summary>A room's chat.</summary>
    public static ChatId Of(RoomId room) => new(ChatKind.Room, room.ToString());

    /// <summary>A chat of a known kind; false unless the id is 1 to 128 letters, digits or hyphens.</summary>
    public static bool TryCreate(ChatKind kind, string? id, out ChatId chat)
    {
        var valid = kind is ChatKind.User or ChatKind.Group or ChatKind.Room && IdText.IsId(id);
        chat = valid ? new ChatId(kind, id!) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => _value ?? throw new InvalidOperationException("default(ChatId) names no chat.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ChatId result) =>
        TryCreate(s is ['C', ..] ? ChatKind.Group : s is ['R', ..] ? ChatKind.Room : ChatKind.User, s, out result);

    /// <summary>Reads the text form, or throws.</summary>
    /// <exception cref="FormatException">Not 1 to 128 letters, digits or hyphens.</exception>
    public static ChatId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A ChatId is 1 to 128 letters, digits or hyphens.");
}
