using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Line.Json;

/// <summary>A family of JSON objects that <c>type</c> tells apart; LINE may add kinds at any time.</summary>
internal interface IKind<T> where T : class, IKind<T>
{
    /// <summary>The whole object, where its kind is not known here; null where it is.</summary>
    JsonElement? Raw { get; }

    /// <summary>How a kind reads; null when it is not known.</summary>
    static abstract JsonTypeInfo? InfoOf(string? type);

    /// <summary>Keeps an object of another kind.</summary>
    static abstract T Keep(JsonElement json);
}
