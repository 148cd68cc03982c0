namespace Reliability.World;

/// <summary>What LINE does to the calls of one account, until it heals.</summary>
internal enum LineTrouble
{
    None,

    /// <summary>429, as where its rate limit is used up.</summary>
    Limits,

    /// <summary>500.</summary>
    Fails,

    /// <summary>It takes the call and says nothing.</summary>
    Hangs,

    /// <summary>It cuts the connection.</summary>
    HangsUp,
}
