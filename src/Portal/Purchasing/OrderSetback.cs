namespace Portal.Purchasing;

/// <summary>Why an order is back at the choice of the account: one sentence for the buyer, and nothing lost.</summary>
public enum OrderSetback
{
    /// <summary>The buyer said no at LINE.</summary>
    RefusedAtLine,

    /// <summary>LINE, or the exchange with it, failed.</summary>
    LineFailed,

    /// <summary>LINE granted less than the module cannot work without.</summary>
    PermissionMissing,

    /// <summary>The account that was consented to is connected by another company.</summary>
    ForeignAccount,

    /// <summary>LINE answered for another account than the one that was chosen.</summary>
    OtherAccount,

    /// <summary>The connection was taken away, at LINE, before the order was confirmed.</summary>
    ConnectionLost,
}
