namespace ModuleGateway.Observing;

/// <summary>For whoever starts, stops and watches this process.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", async (Readiness readiness, CancellationToken cancellationToken) =>
        {
            var checks = await readiness.CheckAsync(cancellationToken);
            var isReady = checks.All(check => check.State != ReadinessCheck.Failing);
            return Results.Json(new { ready = isReady, checks = checks.Select(check => new { name = check.Name, state = check.State, says = check.Says }) }, statusCode: isReady ? 200 : 503);
        });
    }
}
