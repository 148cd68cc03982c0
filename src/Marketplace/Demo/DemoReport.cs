using Marketplace.Hosting;

namespace Marketplace.Demo;

/// <summary>Tells how the story goes.</summary>
internal abstract class DemoReport
{
    /// <summary>Before the first step.</summary>
    public abstract Task BeginAsync(InstanceFinder instance);

    /// <summary>After each step.</summary>
    public abstract void Told(StepResult result);

    /// <summary>After the last one that was played.</summary>
    public abstract Task EndAsync(IReadOnlyList<StepResult> results);
}
