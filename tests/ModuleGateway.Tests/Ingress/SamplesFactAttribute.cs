namespace ModuleGateway.Tests.Ingress;

/// <summary>A test on LINE's published webhook samples; a clone without them beside it skips it, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SamplesFactAttribute : FactAttribute
{
    public SamplesFactAttribute()
    {
        if (WebhookSampleTests.Folder is null)
            Skip = "The webhook samples do not lie beside this clone, in shared/data/webhook-samples.";
    }
}
