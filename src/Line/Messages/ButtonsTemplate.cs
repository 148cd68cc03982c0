using System.Text.Json;

namespace Line;

/// <summary>A text, perhaps with a title and a picture, over 1 to 4 buttons.</summary>
/// <param name="Text">160 characters at most, 60 with a title or a picture.</param>
/// <param name="Actions">The buttons.</param>
public sealed record ButtonsTemplate(string Text, IReadOnlyList<LineAction> Actions) : MessageTemplate
{
    /// <summary>40 characters at most.</summary>
    public string? Title { get; init; }

    /// <summary>The picture on top: https, JPEG or PNG.</summary>
    public Uri? ThumbnailImageUrl { get; init; }

    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "buttons"u8);
        if (ThumbnailImageUrl is not null)
            writer.WriteString("thumbnailImageUrl"u8, ThumbnailImageUrl.AbsoluteUri);

        if (Title is not null)
            writer.WriteString("title"u8, Title);

        writer.WriteString("text"u8, Text);
        LineAction.WriteAll(writer, Actions);
    }
}
