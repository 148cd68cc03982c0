namespace ModuleGateway.Observing;

/// <summary>One thing that readiness depends on.</summary>
/// <param name="State"><c>ok</c>; <c>warning</c>: somebody should look, and webhooks are taken all the same; <c>failing</c>: they are not.</param>
/// <param name="Says">What is the case and, where it is not well, what to do.</param>
internal sealed record ReadinessCheck(string Name, string State, string Says)
{
    public const string Ok = "ok";
    public const string Warning = "warning";
    public const string Failing = "failing";
}
