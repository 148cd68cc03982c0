using System.Globalization;
using System.Text;

namespace Line;

/// <summary>Writes a <see cref="TextMessageV2"/> from left to right: braces are escaped, keys are given.</summary>
/// <example><code>var message = new TextMessageV2Builder().Text("Hi ").Mention(alice).Text(", your table is ready ").Emoji("5ac1bfd5040ab15980c9b435", "001").Build();</code></example>
public sealed class TextMessageV2Builder
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, TextSubstitution> _substitution = new(StringComparer.Ordinal);

    /// <summary>Writes a text; braces in it are only braces.</summary>
    public TextMessageV2Builder Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text.Append(text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        return this;
    }

    /// <summary>Mentions a member of the group or room. Only a reply or push to one may.</summary>
    public TextMessageV2Builder Mention(UserId user) => Put(new MentionSubstitution(new UserMentionTarget(user)));

    /// <summary>Mentions everybody in the group or room.</summary>
    public TextMessageV2Builder MentionAll() => Put(new MentionSubstitution(new AllMentionTarget()));

    /// <summary>Writes one of LINE's own emoji.</summary>
    public TextMessageV2Builder Emoji(string productId, string emojiId) => Put(new EmojiSubstitution(productId, emojiId));

    /// <summary>The message.</summary>
    public TextMessageV2 Build() => new(_text.ToString()) { Substitution = _substitution.Count == 0 ? null : new Dictionary<string, TextSubstitution>(_substitution) };

    private TextMessageV2Builder Put(TextSubstitution what)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"k{_substitution.Count}");
        _substitution.Add(key, what);
        _text.Append('{').Append(key).Append('}');
        return this;
    }
}
