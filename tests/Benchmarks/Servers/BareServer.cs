using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Benchmarks.Servers;

/// <summary>Reads each body and answers 200: what Kestrel itself can do with these requests.</summary>
internal static class BareServer
{
    public static async Task<WebApplication> StartAsync()
    {
        var app = ServerHost.Plain().Build();
        app.Run(async http =>
        {
            await ReadAsync(http);
            http.Response.ContentLength = 0;
        });
        await app.StartAsync();
        return app;
    }

    public static async Task<byte[]> ReadAsync(HttpContext http)
    {
        var body = new byte[(int)http.Request.ContentLength!.Value];
        await http.Request.Body.ReadExactlyAsync(body);
        return body;
    }
}
