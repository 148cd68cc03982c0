using Tenancy;

namespace Portal.Listings;

/// <summary>One submitted version of a listing.</summary>
public readonly record struct ListingVersionId(Guid Value) : IGuidId<ListingVersionId> { public static ListingVersionId New() => new(Guid.CreateVersion7()); public static ListingVersionId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }
