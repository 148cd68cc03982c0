using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>Stores an instant as UTC text of one width, so that a database without such a type sorts and compares it rightly.</summary>
public sealed class InstantAsTextConverter() : ValueConverter<DateTimeOffset, string>(instant => Write(instant), text => Read(text))
{
    // Microseconds: what PostgreSQL keeps, so that a value reads back the same on every database.
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    private static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
