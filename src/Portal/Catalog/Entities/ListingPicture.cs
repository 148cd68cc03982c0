namespace Portal.Catalog;

public enum PictureKind { Icon, Cover, Screenshot }

/// <summary>A picture of a listing, kept with it and served from our own origin.</summary>
public sealed class ListingPicture
{
    public required ListingId ListingId { get; init; }

    public required PictureKind Kind { get; init; }

    /// <summary>From 0, among its kind.</summary>
    public required int Position { get; init; }

    /// <summary>The language of the words in it; empty for a picture without words.</summary>
    public required string Language { get; init; }

    /// <summary><c>image/svg+xml</c>, <c>image/png</c> or <c>image/jpeg</c>.</summary>
    public required string ContentType { get; set; }

    public required byte[] Content { get; set; }

    /// <summary>Names this content: part of its address, so that browsers may keep it.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>For who cannot see it; empty when the words beside it say the same.</summary>
    public required string AltText { get; set; }
}
