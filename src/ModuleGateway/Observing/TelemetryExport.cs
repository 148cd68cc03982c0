using Microsoft.Extensions.Options;
using ModuleGateway.Tracing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ModuleGateway.Observing;

/// <summary>Sends metrics and traces to a collector, where one is configured. What is left when the process stops is sent then.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var chosen = options.Value;
        if (chosen.OtlpEndpoint is not { Length: > 0 } endpoint)
            return Task.CompletedTask;

        var resource = ResourceBuilder.CreateEmpty().AddService("module-gateway", serviceInstanceId: Guid.NewGuid().ToString());
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(chosen.TracedPart)))
            .AddSource(Spans.SourceName)
            .AddOtlpExporter(export => To(export, endpoint, "traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(GatewayMetrics.MeterName)
            .AddOtlpExporter((export, reader) =>
            {
                To(export, endpoint, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)chosen.MetricsEvery.TotalMilliseconds;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Each of them sends what it still has.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static void To(OtlpExporterOptions export, string endpoint, string signal)
    {
        export.Protocol = OtlpExportProtocol.HttpProtobuf;
        export.Endpoint = new Uri($"{endpoint.TrimEnd('/')}/v1/{signal}");
    }
}
