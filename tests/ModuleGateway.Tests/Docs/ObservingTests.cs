using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Docs;

/// <summary>Every command of the operator's page is run as it stands there.</summary>
public sealed partial class ObservingTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_the_operators_page_When_each_of_its_commands_is_run_Then_it_succeeds()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "hello", replyToken: "t", id: id));
        var delivery = (await module.Module.NextAsync()).Headers["x-delivery-id"];
        await gateway.AdvanceAsync(TimeSpan.Zero);
        module.Module.Status = _ => 410; // Its endpoint is switched off, so that it can be switched on.
        await shop.WriteAsync("alice", "one more");
        await module.Module.NextAsync();
        await gateway.Services.GetRequiredService<DeliveryEngine>().RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var linkage = (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Linkage(module.Linkage)))!;
        var names = new Dictionary<string, string>
        {
            ["GATEWAY"] = gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority), ["KEY"] = GatewayHost.ManagementKey, ["EVENT"] = id, ["DELIVERY"] = delivery, ["BOT"] = shop.Bot.ToString(),
            ["CHAT"] = shop.User("alice"), ["REQUEST"] = Guid.NewGuid().ToString(), ["LINKAGE"] = module.Linkage.Value.ToString(), ["MODULE"] = linkage.Module.Value.ToString(),
        };

        var commands = Commands().Matches(await File.ReadAllTextAsync(Page())).Select(block => block.Groups[1].Value).ToList();
        commands.Count.ShouldBeGreaterThan(4);
        var ran = new List<string>();
        foreach (var command in commands)
            ran.Add(await RunAsync(command, names));
        ran[1].ShouldContain(id);
        ran.ShouldContain(answer => answer.Contains("\"lookedThrough\"", StringComparison.Ordinal));
        ran.ShouldContain(answer => answer.Contains("\"switchedOff\"", StringComparison.Ordinal));
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Commands();

    private static string Page([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../docs/operator/observing.md"));

    private static async Task<string> RunAsync(string script, Dictionary<string, string> names)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in names)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        process.ExitCode.ShouldBe(0, $"{script}\n{await output}\n{await error}");
        return await output;
    }
}
