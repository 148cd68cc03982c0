using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tenancy;

namespace ModuleGateway.Tests.Crash;

/// <summary>The promise behind LINE's 200, tried the hard way: the process is killed, not stopped.</summary>
public sealed class KillTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const int Kills = 20;

    [Fact]
    public async Task Given_an_event_that_was_answered_with_200_When_the_gateway_is_killed_at_a_random_moment_after_it_Then_the_module_gets_it_after_the_restart()
    {
        // The shop, its module and their rows are made in-process; then the same data folder is handed to a process that can be killed.
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "before");
        await module.Module.NextAsync("message");
        await gateway.StopAsync();
        try
        {
            var random = new Random(20_261_122);
            for (var i = 0; i < Kills; i++)
            {
                module.Module.Status = _ => 200;
                using var process = await GatewayProcess.StartAsync(gateway.Settings());
                var delay = TimeSpan.FromMilliseconds(random.Next(0, 30));
                var text = $"event {i}";
                (await process.PostAsync(shop, "alice", text)).ShouldBe(HttpStatusCode.OK);
                SpinWait.SpinUntil(() => false, delay); // The moment of the kill is the point of the test: nothing is waited for.
                process.Kill();

                using var again = await GatewayProcess.StartAsync(gateway.Settings());
                if (module.Module.All.All(got => !got.Body.Contains($"\"{text}\"")))
                    await ArrivesAsync(module, text);
                again.Kill();
            }

            for (var i = 0; i < Kills; i++)
            {
                var copies = module.Module.All.SelectMany(got => got.Events).Where(one => (string?)one["message"]?["text"] == $"event {i}").ToList();
                copies.ShouldNotBeEmpty();
                if (copies.Count > 1)
                    copies.Skip(1).ShouldAllBe(copy => copy["deliveryContext"]!["isRedelivery"]!.GetValue<bool>(), "a second copy says that it is one");
            }
        }
        finally
        {
            await gateway.StartAsync();
        }
    }

    private static async Task ArrivesAsync(LinkedDouble module, string text)
    {
        JsonObject got;
        do
        {
            got = await module.Module.NextAsync("message");
        }
        while ((string?)got["message"]!["text"] != text);
    }
}
