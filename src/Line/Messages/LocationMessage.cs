using Line.Validation;

namespace Line;

/// <summary>A place on the map.</summary>
/// <param name="Title">1 to 100 UTF-16 units.</param>
/// <param name="Address">1 to 100 UTF-16 units.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record LocationMessage(string Title, string Address, double Latitude, double Longitude) : LineMessage
{
    private protected override string Kind => "location";

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("title", Title, 100);
        faults.Text("address", Address, 100);
    }
}
