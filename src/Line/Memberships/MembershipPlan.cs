namespace Line.Memberships;

/// <summary>A plan that people can pay for.</summary>
/// <param name="MembershipId">Its id.</param>
/// <param name="Title">Its name.</param>
public sealed record MembershipPlan(long MembershipId, string Title)
{
    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>What members get.</summary>
    public IReadOnlyList<string>? Benefits { get; init; }

    /// <summary>A month's price.</summary>
    public decimal? Price { get; init; }

    /// <summary><c>JPY</c>, <c>TWD</c> or <c>THB</c>.</summary>
    public string? Currency { get; init; }

    /// <summary>How many members it has.</summary>
    public long? MemberCount { get; init; }

    /// <summary>How many it takes; null: any number.</summary>
    public long? MemberLimit { get; init; }

    /// <summary>Whether people pay in the app.</summary>
    public bool? IsInAppPurchase { get; init; }

    /// <summary>Whether people can see it.</summary>
    public bool? IsPublished { get; init; }
}
