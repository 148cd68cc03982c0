using System.Net.ServerSentEvents;

namespace Sandbox.Tests.Support;

/// <summary>Opens server-sent events.</summary>
public static class EventStream
{
    public static async Task<(HttpResponseMessage Response, IAsyncEnumerator<SseItem<string>> Items)> OpenAsync(SandboxHost host, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return (response, SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }
}
