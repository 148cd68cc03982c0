using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Servers;

/// <summary>The other side of <see cref="ServerProcess"/>: runs one server until its input ends.</summary>
internal static class ServerHost
{
    /// <summary>The program's first argument when it is to be a server.</summary>
    public const string Command = "serve";

    /// <summary>A line of input: collect, and say how many bytes are in use.</summary>
    public const string Collect = "collect";

    public static async Task<int> RunAsync()
    {
        var plan = JsonSerializer.Deserialize<ServerPlan>((await Console.In.ReadLineAsync())!)!;
        await using var app = plan.Kind switch
        {
            ServerKinds.Gateway => await GatewayServer.StartAsync(plan),
            ServerKinds.Bare => await BareServer.StartAsync(),
            ServerKinds.Append => await AppendServer.StartAsync(plan),
            ServerKinds.Forward => await ForwardServer.StartAsync(plan),
            _ => throw new ArgumentException($"There is no server '{plan.Kind}'."),
        };
        Console.WriteLine(JsonSerializer.Serialize(new { url = app.Urls.First() }));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == Collect)
                Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
        }

        await app.StopAsync();
        return 0;
    }

    /// <summary>Kestrel and nothing around it.</summary>
    public static WebApplicationBuilder Plain()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }
}
