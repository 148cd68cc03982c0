using ControlModel.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModuleGateway;

namespace ControlModel;

/// <summary>A gateway as a process of its own, with a bug in it where a test asks for one: what the suite starts beside itself, and kills.</summary>
public static class Program
{
    /// <summary>Names the bug that is planted; empty: none.</summary>
    public const string MutantVariable = "CONTROL_MODEL_MUTANT";

    public static Task Main(string[] args) => GatewayApp.Build(args, builder =>
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new HastyClock()));
        builder.Services.AddSingleton(Environment.GetEnvironmentVariable(MutantVariable) switch
        {
            nameof(Mutants.NoEpochCheck) => new Mutants { NoEpochCheck = true },
            nameof(Mutants.ExpiryByLocalClock) => new Mutants { ExpiryByLocalClock = TimeProvider.System },
            _ => new Mutants(),
        });
    }).RunAsync();
}
