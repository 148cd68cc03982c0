using System.Net;
using Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Hosting;

/// <summary>A portal with the invented market in it, the two running modules among them.</summary>
public static class DemoMarket
{
    public const string ChannelSecret = "0123456789abcdef0123456789abcdef";

    public static Task<PortalHost> StartAsync(Database kind = Database.Sqlite, QueryCounter? counter = null) => PortalHost.StartAsync(kind, builder =>
    {
        Configure(builder);
        if (counter is not null)
            builder.Services.AddSingleton<ILoggerProvider>(counter);
    });

    public static void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Demo:Seed"] = "true",
        ["Demo:Modules:KeywordReply:ChannelId"] = "1001",
        ["Demo:Modules:KeywordReply:ChannelSecret"] = ChannelSecret,
        ["Demo:Modules:KeywordReply:WebhookUrl"] = "http://127.0.0.1:5083/webhook",
        ["Demo:Modules:KeywordReply:SetUpUrl"] = "http://127.0.0.1:5083/setup",
        ["Demo:Modules:LiveDesk:ChannelId"] = "1002",
        ["Demo:Modules:LiveDesk:ChannelSecret"] = ChannelSecret,
        ["Demo:Modules:LiveDesk:WebhookUrl"] = "http://127.0.0.1:5084/webhook",
    });

    /// <summary>The answer itself, redirects not followed.</summary>
    public static async Task<(HttpResponseMessage Answer, string Body)> GetAsync(this PortalHost portal, string address, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers.Length > 0 ? headers : [("Accept", "text/html"), ("Accept-Language", "en")])
            request.Headers.TryAddWithoutValidation(name, value);

        var answer = await http.SendAsync(request);
        return (answer, await answer.Content.ReadAsStringAsync());
    }
}
