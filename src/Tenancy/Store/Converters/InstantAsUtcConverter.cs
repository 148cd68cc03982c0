using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>Stores an instant in UTC, in microseconds, whatever offset it came with.</summary>
public sealed class InstantAsUtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => Trim(instant), stored => stored.ToUniversalTime())
{
    private static DateTimeOffset Trim(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
