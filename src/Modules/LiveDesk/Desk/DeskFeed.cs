using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LiveDesk;

/// <summary>Tells open pages which chat changed; they ask for the rest.</summary>
/// <remarks>A page that does not read loses the oldest of 64 words and nothing else: with the next word it asks for everything anew.</remarks>
internal sealed class DeskFeed
{
    private const int WordsWaitingMax = 64;
    private readonly ConcurrentDictionary<Channel<long>, byte> _listeners = new();

    public void Changed(long chatId)
    {
        foreach (var listener in _listeners.Keys)
            listener.Writer.TryWrite(chatId);
    }

    /// <summary>The numbers of changed chats from now on, until cancelled.</summary>
    public async IAsyncEnumerable<long> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var words = Channel.CreateBounded<long>(new BoundedChannelOptions(WordsWaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners[words] = 0;
        try
        {
            yield return 0; // No chat: says that from here on nothing is missed.
            await foreach (var chatId in words.Reader.ReadAllAsync(cancellationToken))
                yield return chatId;
        }
        finally
        {
            _listeners.TryRemove(words, out _);
        }
    }
}
