using Line.Validation;

namespace Line;

/// <summary>Who a message seems to be from, within the account.</summary>
/// <param name="Name">20 UTF-16 units at most.</param>
/// <param name="IconUrl">https, PNG, square, 1 MB and 2000 characters at most.</param>
public sealed record MessageSender(string? Name, Uri? IconUrl = null) : IChecked
{
    void IChecked.Check(FaultFinder faults)
    {
        faults.Length("name", Name, 20);
        faults.Https("iconUrl", IconUrl, isRequired: false);
    }
}
