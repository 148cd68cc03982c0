namespace ModuleGateway.Retention;

/// <summary>What became of a wish to be forgotten.</summary>
internal abstract record Erasure
{
    private Erasure()
    {
    }

    /// <param name="Events">Events that say nothing more, or are gone.</param>
    /// <param name="Deliveries">Deliveries that are gone.</param>
    internal sealed record Done(long Events, long Deliveries) : Erasure
    {
        public static Done operator +(Done one, Done other) => new(one.Events + other.Events, one.Deliveries + other.Deliveries);
    }

    /// <summary>There is nobody of this name.</summary>
    internal sealed record Unknown : Erasure;

    /// <summary>It still works: end it first.</summary>
    /// <param name="Sentence">What, and what to do.</param>
    internal sealed record StillInUse(string Sentence) : Erasure;
}
