using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Observing;

/// <summary>Where metrics and traces go. Configuration section "Telemetry".</summary>
internal sealed class TelemetryOptions
{
    /// <summary>A collector that speaks OTLP over HTTP, as in <c>http://127.0.0.1:4318</c>; null: nothing is collected.</summary>
    [Url]
    public string? OtlpEndpoint { get; set; }

    /// <summary>Which part of the webhooks is traced: 0 to 1, default 0.01. Deliveries follow their webhook.</summary>
    [Range(0.0, 1.0)]
    public double TracedPart { get; set; } = 0.01;

    /// <summary>How often metrics go out: 1 s to 10 min, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan MetricsEvery { get; set; } = TimeSpan.FromSeconds(30);
}
