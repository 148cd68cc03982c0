namespace ModuleGateway.Delivery;

/// <summary>How a turn ended.</summary>
internal enum TurnEnd : byte
{
    /// <summary>The lane goes on with what comes next.</summary>
    Next,

    /// <summary>Nothing more is owed in it, as far as it saw.</summary>
    Empty,
}
