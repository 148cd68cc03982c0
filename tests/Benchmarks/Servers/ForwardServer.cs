using Benchmarks.Load;
using Line;
using Microsoft.AspNetCore.Builder;

namespace Benchmarks.Servers;

/// <summary>Hands each body on to the account's module with HttpClient and answers 200 when the module did: nothing verified, stored or rewritten.</summary>
internal static class ForwardServer
{
    public static async Task<WebApplication> StartAsync(ServerPlan plan)
    {
        var links = plan.Links!;
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        var urls = Enumerable.Range(0, links.Modules).Select(module => Population.ModuleUrl(module, plan.OutsidePort)).ToArray();
        var app = ServerHost.Plain().Build();
        app.Run(async http =>
        {
            var body = await BareServer.ReadAsync(http);
            for (var place = 0; place < links.ModulesPerAccount; place++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, urls[links.ModuleOf(Population.AccountOf(body), place)]) { Content = new ByteArrayContent(body) };
                request.Headers.TryAddWithoutValidation(LineSignature.HeaderName, http.Request.Headers[LineSignature.HeaderName].ToString());
                using var answer = await client.SendAsync(request, http.RequestAborted);
                answer.EnsureSuccessStatusCode();
            }

            http.Response.ContentLength = 0;
        });
        await app.StartAsync();
        return app;
    }
}
