using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Sandbox.Tests.Support;

/// <summary>The side panel's feed of one account, as a browser reads it: from its first entry on.</summary>
public sealed class TimelineReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private TimelineReader(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items)
    {
        _response = response;
        _items = items;
    }

    public static async Task<TimelineReader> OpenAsync(SandboxHost host, string botId)
    {
        var (response, items) = await EventStream.OpenAsync(host, $"/phone/api/timeline/{botId}");
        return new TimelineReader(response, items);
    }

    /// <summary>The next entry for which this holds; others are passed over.</summary>
    public async Task<TimelineLine> NextAsync(Func<TimelineLine, bool> condition)
    {
        while (await _items.MoveNextAsync().AsTask().WaitAsync(WebhookRecorder.Limit))
        {
            var line = new TimelineLine(JsonSerializer.Deserialize<JsonElement>(_items.Current.Data));
            if (_items.Current.EventType == "entry" && condition(line))
                return line;
        }

        throw new TimeoutException("The feed ended.");
    }

    public void Dispose() => _response.Dispose();
}
