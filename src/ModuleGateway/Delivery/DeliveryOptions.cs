using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Delivery;

/// <summary>How the gateway hands webhooks to modules. Configuration section "Delivery".</summary>
internal sealed class DeliveryOptions : IValidatableObject
{
    /// <summary>Longest wait for one attempt: 1 s to 60 s, default 10 s. A slower module answers 200 first and works afterwards.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Waits before attempt 2, 3, …; the last one is used for all further attempts. All over zero; must not decrease. Default when empty: 1 s to 1 h.</summary>
    public List<TimeSpan> RetryDelays { get; set; } = [];

    /// <summary>Attempts that run at once towards one module: 1 to 256, default 32.</summary>
    [Range(1, 256)]
    public int InFlightPerModuleMax { get; set; } = 32;

    /// <summary>Whether http and private addresses are allowed for modules. Development only.</summary>
    public bool AllowPrivateAddresses { get; set; }

    public static IReadOnlyList<TimeSpan> DefaultRetryDelays { get; } =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
    ];

    /// <summary>The wait after this many failed attempts, 1 or more.</summary>
    public TimeSpan DelayAfter(int failures)
    {
        var delays = RetryDelays.Count > 0 ? RetryDelays : DefaultRetryDelays;
        return delays[Math.Min(failures, delays.Count) - 1];
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetryDelays.Any(delay => delay <= TimeSpan.Zero) || RetryDelays.Zip(RetryDelays.Skip(1)).Any(pair => pair.Second < pair.First))
            yield return new ValidationResult($"All must be over zero and none under the one before; it is [{string.Join(", ", RetryDelays)}].", [nameof(RetryDelays)]);
    }
}
