using Line.Validation;

namespace Line;

/// <summary>Where else a <see cref="UriAction"/> leads.</summary>
/// <param name="Desktop">In LINE for macOS and Windows: 1000 characters at most.</param>
public sealed record AlternativeUri(Uri Desktop) : IChecked
{
    void IChecked.Check(FaultFinder faults) => faults.Address("desktop", Desktop, 1000, isRequired: false, "http", "https", "line", "tel");
}
