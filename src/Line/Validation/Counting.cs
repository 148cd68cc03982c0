namespace Line.Validation;

/// <summary>How LINE counts a text's characters: it differs by property.</summary>
internal enum Counting
{
    /// <summary>UTF-16 code units, what <c>string.Length</c> says.</summary>
    Units,

    /// <summary>Grapheme clusters, what a person would count.</summary>
    Graphemes,
}
