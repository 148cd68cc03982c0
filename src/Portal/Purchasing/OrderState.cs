namespace Portal.Purchasing;

/// <summary>Where an order stands. It moves down this list; a setback takes it up again to the choice of the account.</summary>
public enum OrderState
{
    /// <summary>The plan is chosen, the account is not.</summary>
    ChoosingAccount,

    /// <summary>The buyer was sent to LINE's consent page and has not been heard of since.</summary>
    AtLine,

    /// <summary>The account is known and connected with what the module needs: only the buyer's word is missing.</summary>
    InReview,

    /// <summary>Subscription and linkage exist. Final.</summary>
    Confirmed,
}
