using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>What the ids of this house have in common, so that one converter maps them all.</summary>
public interface IGuidId<TSelf> where TSelf : struct, IGuidId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

/// <summary>Stores a typed id as its Guid.</summary>
public sealed class GuidIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Read(value)) where TId : struct, IGuidId<TId>
{
    private static TId Read(Guid value) => TId.From(value);
}
