using System.Text.Json;

namespace Line;

/// <summary>A place on the map.</summary>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Address">1 to 100 characters.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record LocationMessage(string Title, string Address, double Latitude, double Longitude) : LineMessage
{
    private protected override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("type"u8, "location"u8);
        writer.WriteString("title"u8, Title);
        writer.WriteString("address"u8, Address);
        writer.WriteNumber("latitude"u8, Latitude);
        writer.WriteNumber("longitude"u8, Longitude);
    }
}
