namespace Portal.Operations.Suspensions;

/// <summary>What a feature does when something of its kind is suspended, and when that is taken back. One for each kind, registered as a scoped service.</summary>
public interface ISuspendable
{
    SuspensionKind Kind { get; }

    /// <summary>What of its kind could be suspended and goes by this name: a part of its own, its company's or its account's, or its id.</summary>
    Task<IReadOnlyList<Candidate>> FindAsync(string name, int max, CancellationToken cancellationToken);

    /// <summary>Stops it; the caller saves.</summary>
    /// <returns>Null: there is no such thing, or nothing that could be stopped.</returns>
    Task<Stopped?> SuspendAsync(Guid subject, CancellationToken cancellationToken);

    /// <summary>Gives back what it had; the caller saves.</summary>
    Task LiftAsync(Suspension suspension, CancellationToken cancellationToken);

    /// <param name="Title">Its name.</param>
    /// <param name="Detail">Which of those with this name: its company, and where it is.</param>
    sealed record Candidate(Guid Subject, string Title, string Detail);

    /// <param name="Owner">Whose it is.</param>
    /// <param name="Title">Its name.</param>
    /// <param name="Before">What lifting gives back: at most 200 characters.</param>
    sealed record Stopped(Tenancy.TenantId Owner, string Title, string Before);
}
