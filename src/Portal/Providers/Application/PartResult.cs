namespace Portal.Providers;

/// <summary>What came of writing in one part of an application.</summary>
public abstract record PartResult
{
    private PartResult() { }

    /// <param name="LeadsOn">True: nothing more to do on this page.</param>
    public sealed record Saved(bool LeadsOn = true) : PartResult;

    /// <summary>Nothing is kept. <paramref name="Why"/> names the sentence, <c>Said.{Why}</c>.</summary>
    public sealed record Refused(string Why) : PartResult;

    /// <summary>There is none that may be changed now: it is being reviewed, or ended.</summary>
    public sealed record Closed : PartResult;

    /// <summary>Somebody else wrote in it at the same time.</summary>
    public sealed record ChangedMeanwhile : PartResult;
}
