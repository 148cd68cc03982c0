using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketplace.Hosting;

namespace Marketplace.Demo;

/// <summary>One JSON document, for programs.</summary>
internal sealed class JsonReport(TextWriter output) : DemoReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Written to a console or a file, never into a page: Chinese stays readable.
    };

    private Uri? _portal;

    public override Task BeginAsync(InstanceFinder instance)
    {
        _portal = instance.Addresses.Portal;
        return Task.CompletedTask;
    }

    public override void Told(StepResult result)
    {
        // The document is written whole, at the end.
    }

    public override Task EndAsync(IReadOnlyList<StepResult> results) => output.WriteLineAsync(JsonSerializer.Serialize(
        new
        {
            passed = results.All(result => result.Passed),
            portal = _portal,
            stepsInAll = Story.Steps.Count,
            millis = results.Sum(result => result.Millis),
            failedStep = results.FirstOrDefault(result => !result.Passed)?.Name,
            steps = results,
        },
        Json));
}
