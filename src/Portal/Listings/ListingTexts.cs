namespace Portal.Listings;

/// <summary>Names the texts of the listings' pages. They stand beside this file; the neutral one is English.</summary>
public sealed class ListingTexts;
