using Tenancy;

namespace Portal.Catalog;

/// <summary>What the catalog shows of a module.</summary>
public readonly record struct ListingId(Guid Value) : IGuidId<ListingId> { public static ListingId New() => new(Guid.CreateVersion7()); public static ListingId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>The company behind modules, as the catalog shows it.</summary>
public readonly record struct ProviderId(Guid Value) : IGuidId<ProviderId> { public static ProviderId New() => new(Guid.CreateVersion7()); public static ProviderId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }
