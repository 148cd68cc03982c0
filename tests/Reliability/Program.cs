using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModuleGateway;
using PublicWeb;
using ModuleGateway.Store;
using Reliability.World;

namespace Reliability;

/// <summary>A gateway as a process of its own, with a bug in it where a test asks for one: what the suite starts beside itself, and kills.</summary>
public static class Program
{
    /// <summary>Names the bug that is planted; empty: none.</summary>
    public const string MutantVariable = "RELIABILITY_MUTANT";

    /// <summary>Names a file of hosts (<see cref="HostsFile"/>) that stands in for the machine's resolver; empty: that one.</summary>
    public const string HostsVariable = "RELIABILITY_HOSTS";

    /// <summary>LINE is answered before the event is durable.</summary>
    public const string AnswerBeforeCommit = nameof(AnswerBeforeCommit);

    public static Task Main(string[] args) => GatewayApp.Build(args, builder =>
    {
        var mutant = Environment.GetEnvironmentVariable(MutantVariable);
        builder.Services.AddSingleton(new Mutants { NoFlush = mutant == nameof(Mutants.NoFlush) });
        if (Environment.GetEnvironmentVariable(HostsVariable) is { Length: > 0 } hosts)
            builder.Services.Replace(ServiceDescriptor.Singleton<IHostLookup>(new HostsFile(hosts)));
        if (mutant == AnswerBeforeCommit)
            builder.Services.Replace(ServiceDescriptor.Singleton<IGatewayStore>(provider => new HastyStore(GatewayApp.OpenStore(provider))));
    }).RunAsync();
}
