using System.Text.Json;
using Line.Validation;

namespace Line;

/// <summary>A message of any kind, as LINE's own JSON object: for whatever has no type here.</summary>
/// <remarks>It is sent as it is: quick reply and sender stand in the JSON.</remarks>
public sealed record RawMessage : LineMessage
{
    /// <param name="json">A JSON object.</param>
    /// <exception cref="ArgumentException">Not an object.</exception>
    public RawMessage(JsonElement json) =>
        Json = json.ValueKind == JsonValueKind.Object ? json.Clone() : throw new ArgumentException("A message is a JSON object.", nameof(json));

    /// <summary>The object.</summary>
    public JsonElement Json { get; }

    private protected override string Kind => Json.TryGetProperty("type", out var type) ? type.ToString() : "";

    private protected override void CheckOwn(FaultFinder faults)
    {
    }
}
