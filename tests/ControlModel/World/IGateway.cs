namespace ControlModel.World;

/// <summary>What the suite needs of the gateways under test beside their doors: to move their time, to end them, to look into their store.</summary>
internal interface IGateway : IAsyncDisposable
{
    /// <summary>Where each process listens; the same after a restart.</summary>
    IReadOnlyList<Uri> Doors { get; }

    /// <summary>Whether events that come in at the same time have their order by their place in the journal. A server gives places out in one order and commits in another.</summary>
    bool HasOnePlaceOrder { get; }

    /// <summary>The store's time.</summary>
    long Now { get; }

    /// <summary>The configuration that the portal shares with the gateways.</summary>
    IReadOnlyDictionary<string, string?> Settings { get; }

    Task AdvanceAsync(long millis);

    /// <summary>Ends one process, however rudely, and starts it again. Whoever calls it meanwhile gets no answer.</summary>
    Task RestartAsync(int door);

    /// <summary>Completes when this door is open.</summary>
    Task UpAsync(int door);

    /// <summary>What was written since the last time.</summary>
    Task<Rows> ReadNewAsync();
}
