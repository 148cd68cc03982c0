namespace Tenancy;

/// <summary>Somebody who signs in. What they may do follows from their memberships.</summary>
public sealed class Person
{
    public required PersonId Id { get; init; }

    /// <summary>Unique, compared without case.</summary>
    public required string Email { get; set; }

    public required string DisplayName { get; set; }

    /// <summary>BCP 47 tag of the language they read: zh-TW, ja, en or th.</summary>
    public required string Language { get; set; }

    /// <summary>True for LINE's people, or whoever runs the marketplace.</summary>
    public bool IsOperator { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
