using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A place.</summary>
public sealed class LocationContent : MessageContent
{
    internal LocationContent(JsonElement raw) : base(raw)
    {
        Title = raw.Text("title");
        Address = raw.Text("address");
        Latitude = raw.Double("latitude") ?? 0;
        Longitude = raw.Double("longitude") ?? 0;
    }

    /// <summary>The place's name, where there is one.</summary>
    public string? Title { get; }

    /// <summary>Its address, where there is one.</summary>
    public string? Address { get; }

    /// <summary>Degrees north.</summary>
    public double Latitude { get; }

    /// <summary>Degrees east.</summary>
    public double Longitude { get; }
}
