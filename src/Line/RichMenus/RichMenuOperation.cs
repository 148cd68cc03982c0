using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line.RichMenus;

/// <summary>One change of a <see cref="RichMenuBatch"/>.</summary>
[JsonConverter(typeof(KindConverter<RichMenuOperation>))]
public abstract record RichMenuOperation : IKind<RichMenuOperation>
{
    private protected RichMenuOperation()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>The menu whose people it concerns, where it names one.</summary>
    internal virtual string? From => null;

    JsonElement? IKind<RichMenuOperation>.Raw => (this as RawRichMenuOperation)?.Json;

    /// <summary>Whoever sees one menu sees another from now on.</summary>
    public static RichMenuOperation Replace(string from, string to) => new LinkOperation(from, to);

    /// <summary>Whoever sees a menu sees the default one from now on.</summary>
    public static RichMenuOperation Unlink(string from) => new UnlinkOperation(from);

    /// <summary>Everybody sees the default menu from now on.</summary>
    public static RichMenuOperation UnlinkAll() => new UnlinkAllOperation();

    static JsonTypeInfo? IKind<RichMenuOperation>.InfoOf(string? type) => type switch
    {
        "link" => LineJson.Default.LinkOperation,
        "unlink" => LineJson.Default.UnlinkOperation,
        "unlinkAll" => LineJson.Default.UnlinkAllOperation,
        _ => null,
    };

    static RichMenuOperation IKind<RichMenuOperation>.Keep(JsonElement json) => new RawRichMenuOperation(json);
}
