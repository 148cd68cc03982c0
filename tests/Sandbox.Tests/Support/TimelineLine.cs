using System.Text.Json;

namespace Sandbox.Tests.Support;

/// <summary>One entry of the side panel.</summary>
public sealed record TimelineLine(JsonElement Json)
{
    public string Kind => Json.GetProperty("kind").GetString()!;

    public bool Is(string kind, string eventType) => Kind == kind && Json.GetProperty("eventType").GetString() == eventType;
}
