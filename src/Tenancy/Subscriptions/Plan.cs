namespace Tenancy;

public enum BillingInterval { Month, Year }

/// <summary>What a module costs and allows. Prices hang on it; texts are the listing's.</summary>
public sealed class Plan
{
    public required PlanId Id { get; init; }

    public required ModuleId ModuleId { get; init; }

    /// <summary>Stable name for code and events: <c>free</c>, <c>standard</c>; unique in its module.</summary>
    public required string Code { get; init; }

    /// <summary>Place in the plan table, from 0.</summary>
    public required int Position { get; set; }

    /// <summary>Messages a month that the gateway lets through; null: as many as LINE allows.</summary>
    public int? MessagesPerMonthMax { get; init; }

    /// <summary>Days before the first charge; 0: none.</summary>
    public int TrialDays { get; init; }

    public bool OnSale { get; set; } = true;

    public List<Price> Prices { get; init; } = [];
}

/// <summary>One price of a plan. Immutable: a new amount is a new row, and a subscription keeps the row that it was bought at.</summary>
public sealed class Price
{
    public required PriceId Id { get; init; }

    public required PlanId PlanId { get; init; }

    public required Money Amount { get; init; }

    public required BillingInterval Interval { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>When it left the shop window; null while it can be bought. The one thing about a price that changes.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}
