using System.Text.Json;
using Line;
using Marketplace.Browsing;
using Marketplace.Demo.Steps;

namespace Marketplace.Demo;

/// <summary>The whole story, from finding a module to a person's answer and back.</summary>
/// <param name="stepMax">Longest time for one step, waits included.</param>
internal sealed class Story(TimeProvider clock, TimeSpan stepMax)
{
    /// <summary>Ample for a busy machine.</summary>
    public static readonly TimeSpan DefaultStepMax = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<Step> Steps { get; } =
    [
        .. Shopping.Steps, .. Connecting.Steps, .. TurningOn.Steps, .. Chatting.Steps, .. Routing.Steps, .. Linking.Steps, .. SecondModule.Steps, .. TakingOver.Steps, .. GivingBack.Steps,
    ];

    /// <summary>Plays the steps one after the other, up to the first that fails.</summary>
    /// <param name="told">Is told of each step when it has ended.</param>
    public async Task<IReadOnlyList<StepResult>> PlayAsync(Cast cast, Action<StepResult> told, CancellationToken cancellationToken)
    {
        var results = new List<StepResult>();
        foreach (var (index, step) in Steps.Index())
        {
            var result = await PlayAsync(index + 1, step, cast, cancellationToken);
            results.Add(result);
            told(result);
            if (!result.Passed)
                break;
        }

        return results;
    }

    private async Task<StepResult> PlayAsync(int number, Step step, Cast cast, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(stepMax);
        try
        {
            var seen = await step.PlayAsync(cast, limit.Token);
            return new StepResult(number, step.Name, Passed: true, Millis(), seen, null, null);
        }
        catch (StepFailedException failed)
        {
            return Failed(failed.Expected, failed.Came);
        }
        catch (PageException other)
        {
            return Failed(other.Expected, other.Came);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException or LineApiException)
        {
            return Failed("an answer", failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed("this", $"nothing within {stepMax.TotalSeconds:0} s");
        }

        StepResult Failed(string expected, string came)
        {
            cancellationToken.ThrowIfCancellationRequested(); // Somebody stopped the story: that is no step's failure.
            return new(number, step.Name, Passed: false, Millis(), null, expected, came);
        }

        long Millis() => (long)clock.GetElapsedTime(started).TotalMilliseconds;
    }
}
