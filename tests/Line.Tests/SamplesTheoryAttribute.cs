namespace Line.Tests;

/// <summary>A theory over <see cref="Samples"/>; skipped, and said so, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SamplesTheoryAttribute : TheoryAttribute
{
    public SamplesTheoryAttribute()
    {
        if (!Samples.AreHere)
            Skip = "LINE's webhook samples are not beside this clone.";
    }
}
