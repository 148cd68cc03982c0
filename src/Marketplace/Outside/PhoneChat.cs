using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Threading.Channels;
using Line;

namespace Marketplace.Outside;

/// <summary>One person's chat with one account, on the phone: writes, and listens to its stream.</summary>
internal sealed class PhoneChat : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _chat;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<Bubble> _arrived = Channel.CreateUnbounded<Bubble>(); // One person's chat of some dozen messages.
    private readonly List<Bubble> _heard = [];
    private Task _listening = Task.CompletedTask;

    private PhoneChat(HttpClient http, Uri sandbox, BotId bot, string personId) => (_http, _chat) = (http, new Uri(sandbox, $"/phone/api/chats/{bot}/{Uri.EscapeDataString(personId)}/"));

    /// <summary>What the account said and was waited for, or came before that.</summary>
    public IReadOnlyList<Bubble> Heard => _heard;

    /// <summary>Opens the chat; when this ends, the stream is open and no later message can be missed.</summary>
    public static async Task<PhoneChat> OpenAsync(HttpClient http, Uri sandbox, BotId bot, string personId, CancellationToken cancellationToken)
    {
        var chat = new PhoneChat(http, sandbox, bot, personId);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(chat._chat, "stream"));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        chat._listening = chat.ListenAsync(answer);
        return chat;
    }

    /// <summary>Adds the account as a friend.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) => PostAsync("follow", new { }, cancellationToken);

    /// <summary>Writes a text.</summary>
    public Task WriteAsync(string text, CancellationToken cancellationToken) => PostAsync("messages", new { type = "text", text }, cancellationToken);

    /// <summary>The account's next message for which this holds; those before it are in <see cref="Heard"/>.</summary>
    /// <returns>Null: the stream ended without it.</returns>
    /// <exception cref="OperationCanceledException">It did not come in time.</exception>
    public async Task<Bubble?> NextAsync(Func<Bubble, bool> isIt, CancellationToken cancellationToken)
    {
        while (await _arrived.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_arrived.Reader.TryRead(out var bubble))
            {
                _heard.Add(bubble);
                if (isIt(bubble))
                    return bubble;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _listening;
        _ending.Dispose();
    }

    private async Task ListenAsync(HttpResponseMessage answer)
    {
        using var _ = answer;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(_ending.Token);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(_ending.Token))
            {
                if (item.EventType == "message" && JsonSerializer.Deserialize<ChatMessage>(item.Data, JsonSerializerOptions.Web) is { From: "account" } message)
                    _arrived.Writer.TryWrite(new Bubble(Text(message.Message), message.Seq, Link(message.Message)));
            }

            _arrived.Writer.TryComplete();
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            _arrived.Writer.TryComplete();
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or JsonException)
        {
            _arrived.Writer.TryComplete(broken); // Whoever waits is told.
        }
    }

    private async Task PostAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(_chat, path), body, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"The phone's {path} was answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}", null, answer.StatusCode);
    }

    private static string Text(JsonElement message) =>
        message.TryGetProperty("text", out var text) || message.TryGetProperty("altText", out text) ? text.GetString() ?? "" : $"({message.GetProperty("type").GetString()})";

    /// <summary>The first link among the buttons of a message, wherever they stand in it.</summary>
    private static Uri? Link(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Array => part.EnumerateArray().Select(Link).FirstOrDefault(found => found is not null),
        JsonValueKind.Object when part.TryGetProperty("uri", out var uri) && Uri.TryCreate(uri.GetString(), UriKind.Absolute, out var link) => link,
        JsonValueKind.Object => part.EnumerateObject().Select(property => Link(property.Value)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>One message of the account's.</summary>
    /// <param name="Text">Its words; of a message without words its type in brackets.</param>
    /// <param name="Seq">Its place in the chat.</param>
    /// <param name="Link">Where its first button with a link leads; null: it has none.</param>
    internal sealed record Bubble(string Text, long Seq, Uri? Link);

    private sealed record ChatMessage(long Seq, string From, JsonElement Message);
}
