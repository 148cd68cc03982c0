using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Line;
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
            var port = FreePort();
            for (var i = 0; i < Kills; i++)
            {
                module.Module.Status = _ => 200;
                using var process = await GatewayProcess.StartAsync(gateway.Settings(), port);
                var delay = TimeSpan.FromMilliseconds(random.Next(0, 30));
                var text = $"event {i}";
                (await PostAsync(port, shop, text)).ShouldBe(HttpStatusCode.OK);
                SpinWait.SpinUntil(() => false, delay); // The moment of the kill is the point of the test: nothing is waited for.
                process.Kill();

                using var again = await GatewayProcess.StartAsync(gateway.Settings(), port);
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

    private static async Task<HttpStatusCode> PostAsync(int port, Shop shop, string text)
    {
        using var http = new HttpClient();
        var body = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(shop.Message("alice", text)) }.ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/webhook/{GatewayHost.ModuleChannelId}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("x-line-signature", new LineSignature(GatewayHost.ModuleChannelSecret).Create(Encoding.UTF8.GetBytes(body)));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
