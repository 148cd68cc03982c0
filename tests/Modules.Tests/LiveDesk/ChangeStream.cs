using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Modules.Tests.LiveDesk;

/// <summary>The desk's stream of changes as a page reads it.</summary>
public sealed class ChangeStream(Stream stream) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly IAsyncEnumerator<SseItem<string>> _items = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

    /// <summary>The number of the next chat that changed; fails when none comes in time.</summary>
    public async Task<long> NextAsync()
    {
        (await _items.MoveNextAsync().AsTask().WaitAsync(Limit)).ShouldBeTrue();
        return JsonDocument.Parse(_items.Current.Data).RootElement.GetProperty("id").GetInt64();
    }

    public void Dispose() => stream.Dispose();
}
