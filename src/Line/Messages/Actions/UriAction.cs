using System.Text.Json.Serialization;
using Line.Validation;

namespace Line;

/// <summary>Opens an address.</summary>
/// <param name="Label">What stands on the button.</param>
/// <param name="Address">http, https, line or tel; 1000 characters at most.</param>
public sealed record UriAction(string? Label, [property: JsonPropertyName("uri")] Uri Address) : LineAction(Label)
{
    private protected override string Kind => "uri";

    /// <summary>Another address for LINE on computers.</summary>
    public AlternativeUri? AltUri { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Address("uri", Address, 1000, isRequired: true, "http", "https", "line", "tel");
        faults.Part("altUri", AltUri, isRequired: false);
    }
}
