using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>Stores an e-mail address in lower case and without blanks around it, and looks it up likewise.</summary>
/// <remarks>EF applies it to a query's parameters too, so that databases which do and do not see case find the same person.</remarks>
public sealed class EmailConverter() : ValueConverter<string, string>(email => Normalise(email), stored => stored)
{
#pragma warning disable CA1308 // Lower case is how people write and read addresses.
    private static string Normalise(string email) => email.Trim().ToLowerInvariant();
#pragma warning restore CA1308
}
