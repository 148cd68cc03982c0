using System.Globalization;
using Marketplace.Hosting;

namespace Marketplace.Demo;

/// <summary>One line a step, for people.</summary>
internal sealed class TextReport(TextWriter output) : DemoReport
{
    public override Task BeginAsync(InstanceFinder instance) => output.WriteLineAsync(
        instance.Own is null ? $"Playing on the running instance at {instance.Addresses.Portal}" : $"Playing on a fresh instance at {instance.Addresses.Portal}");

    public override void Told(StepResult result)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Number,2}  {(result.Passed ? "ok    " : "FAILED")} {result.Millis,6} ms  {result.Name}{(result.Passed ? $": {result.Checked}" : "")}"));
        if (!result.Passed)
        {
            output.WriteLine($"      expected {result.Expected}");
            output.WriteLine($"      came     {result.Came}");
        }

        output.Flush(); // Whoever watches sees each step when it ends.
    }

    public override Task EndAsync(IReadOnlyList<StepResult> results)
    {
        var seconds = (results.Sum(result => result.Millis) / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
        return output.WriteLineAsync(results is [.., { Passed: false } failed]
            ? $"Step {failed.Number} of {Story.Steps.Count} failed after {seconds} s: {failed.Name}."
            : $"All {results.Count} steps passed in {seconds} s.");
    }
}
