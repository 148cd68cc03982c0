namespace Line.Tests;

/// <summary>A theory over <see cref="Samples"/>; skipped, and said so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SamplesTheoryAttribute : TheoryAttribute
{
    public SamplesTheoryAttribute()
    {
        if (!Samples.AreHere)
            Skip = "The webhook samples do not lie beside this clone, in shared/data/webhook-samples.";
    }
}
