namespace Portal.Catalog;

/// <summary>What is derived from listings so that they are found quickly.</summary>
public sealed class CatalogIndex;
