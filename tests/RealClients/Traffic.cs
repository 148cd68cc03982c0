using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace RealClients;

/// <summary>Keeps every exchange of LINE's API that passes a room: between module and gateway, and between gateway and LINE's platform.</summary>
internal sealed class Traffic
{
    private static readonly string[] Prefixes = ["/v2/", "/oauth2/", "/bot/"];

    private readonly ConcurrentQueue<Exchange> _exchanges = new();

    public IReadOnlyCollection<Exchange> Exchanges => _exchanges;

    /// <summary>Stands in front of everything else in a room.</summary>
    /// <param name="side"><c>module</c>: what the module's SDK and the gateway say to each other; <c>line</c>: the gateway and LINE.</param>
    public void Record(WebApplicationBuilder builder, string side) => builder.Services.AddSingleton<IStartupFilter>(new Filter(side, _exchanges));

    /// <summary>A webhook as its receiver read it.</summary>
    public void AddWebhook(string body) => _exchanges.Enqueue(new Exchange("webhook", "POST", "/webhook", "", "application/json", body, 200, null, null));

    /// <summary>One exchange; bodies as text, null where there was none or where it is no text.</summary>
    internal sealed record Exchange(string Side, string Method, string Path, string Query, string? RequestType, string? Request, int Status, string? ResponseType, string? Response)
    {
        public string ToLine() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
    }

    private sealed class Filter(string side, ConcurrentQueue<Exchange> exchanges) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) => Prefixes.Any(prefix => http.Request.Path.StartsWithSegments(prefix.TrimEnd('/'))) ? RecordAsync(http, rest) : rest(http));
            next(app);
        };

        private async Task RecordAsync(HttpContext http, RequestDelegate rest)
        {
            http.Request.EnableBuffering(bufferThreshold: 16 * 1024 * 1024, bufferLimit: 16 * 1024 * 1024);
            var toCaller = http.Response.Body;
            using var answer = new MemoryStream();
            http.Response.Body = answer;
            try
            {
                await rest(http);
            }
            finally
            {
                http.Response.Body = toCaller;
            }

            // Afterwards: before the body is read here, the room itself must have had its way with it.
            var request = new MemoryStream();
            http.Request.Body.Position = 0;
            await http.Request.Body.CopyToAsync(request);
            exchanges.Enqueue(new Exchange(
                side, http.Request.Method, http.Request.Path.Value!, http.Request.QueryString.Value ?? "", http.Request.ContentType, Text(http.Request.ContentType, request.ToArray()),
                http.Response.StatusCode, http.Response.ContentType, Text(http.Response.ContentType, answer.ToArray())));
            await toCaller.WriteAsync(answer.ToArray());
        }

        private static string? Text(string? type, byte[] body) =>
            body.Length > 0 && type is not null && (type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
                ? Encoding.UTF8.GetString(body)
                : null;
    }
}
