namespace Portal.Catalog;

/// <summary>Names the texts of the catalog and its listings' pages. They stand beside this file; the neutral one is English.</summary>
public sealed class CatalogTexts;
