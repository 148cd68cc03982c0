using Tenancy;

namespace Portal.Audit;

/// <summary>A row of the log as people read it: with the names that its ids stand for today.</summary>
/// <param name="Who">Null: nobody was signed in, or the marketplace did it.</param>
/// <param name="Company">Null: none, or one whose rows the reader may not see.</param>
public sealed record AuditEntry(AuditRow Row, string? Who, string? Email, string? Company)
{
    /// <summary>How many are shown at a time.</summary>
    public const int PageSize = 50;
}
