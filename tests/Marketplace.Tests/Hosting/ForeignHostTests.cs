using System.Net;
using System.Net.Http.Json;
using Marketplace.Hosting;
using Marketplace.Logging;
using Shouldly;

namespace Marketplace.Tests.Hosting;

public sealed class ForeignHostTests
{
    [Fact]
    public async Task Given_a_site_whose_name_leads_to_this_machine_When_its_page_calls_a_room_Then_400_and_nothing_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("market-host");
        try
        {
            var options = new InstanceOptions { DataFolder = Path.Combine(folder.FullName, "data"), PortBase = Ports.FindBase() };
            await using (var host = await MarketplaceHost.StartAsync(options, new ShortLog(TextWriter.Null, TimeProvider.System)))
            {
                using var http = new HttpClient();
                foreach (var room in Enum.GetValues<Room>())
                    (await CallAsync(http, new Uri(host.Addresses.Origin(room)), "rebound.example")).ShouldBe(HttpStatusCode.BadRequest, room.ToString());

                var door = new Uri(host.Addresses.Portal, "/dev/modules");
                (await CallAsync(http, door, "rebound.example", new { webhookUrl = "http://127.0.0.1:9/hook" })).ShouldBe(HttpStatusCode.BadRequest);
                (await CallAsync(http, door, "127.0.0.1", new { webhookUrl = "http://127.0.0.1:9/hook" })).ShouldBe(HttpStatusCode.OK);
            }

            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(options.DataFolder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient http, Uri address, string host, object? body = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Host = $"{host}:{address.Port}";
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
