using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Line.Tests.Clients;

/// <summary>A real server in LINE's place: answers what the test says and keeps what it saw.</summary>
public sealed class LineServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private Func<SeenRequest, HttpResponse, Task> _answer = static (_, response) => response.WriteAsync("{}");

    private LineServer(WebApplication app) => _app = app;

    public HttpClient Http { get; } = new();

    public LineEndpoints Endpoints => LineEndpoints.At(new Uri(_app.Urls.Single()));

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public static async Task<LineServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LineServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public void Answers(int status, string body, params (string Name, string Value)[] headers) =>
        Answers((_, response) =>
        {
            response.StatusCode = status;
            foreach (var (name, value) in headers)
                response.Headers[name] = value;

            return response.WriteAsync(body);
        });

    public void Answers(Func<SeenRequest, HttpResponse, Task> answer) => _answer = answer;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var seen = new SeenRequest(
            context.Request.Method,
            context.Request.Path.Value!,
            context.Request.QueryString.Value!,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await body.ReadToEndAsync());
        _seen.Enqueue(seen);
        await _answer(seen, context.Response);
    }
}
