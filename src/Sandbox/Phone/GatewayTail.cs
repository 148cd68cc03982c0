using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Line;
using Microsoft.Extensions.Options;
using Sandbox.Accounts;

namespace Sandbox.Phone;

/// <summary>Reads the gateway's live tail of an account while somebody looks at the account's side panel, and adds its entries to the time line.</summary>
/// <remarks>One reader per account, however many browsers look; it reconnects after 2 s. The gateway is optional: without it the panel shows this platform alone.</remarks>
internal sealed partial class GatewayTail : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly TimelineOptions? _options;
    private readonly Timeline _timeline;
    private readonly ModuleChatIds _chatIds;
    private readonly TimeProvider _clock;
    private readonly ILogger<GatewayTail> _logger;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Lock _lock = new();
    private readonly Dictionary<BotId, Reader> _readers = [];

    public GatewayTail(IOptions<SandboxOptions> options, Timeline timeline, ModuleChatIds chatIds, TimeProvider clock, ILogger<GatewayTail> logger)
    {
        _options = options.Value.Timeline;
        _timeline = timeline;
        _chatIds = chatIds;
        _clock = clock;
        _logger = logger;
    }

    public bool IsConfigured => _options is not null;

    /// <summary>Reads the account's tail until every opener has disposed of what it got.</summary>
    public IDisposable Open(BotId botId)
    {
        lock (_lock)
        {
            if (!_readers.TryGetValue(botId, out var reader))
            {
                _readers[botId] = reader = new Reader();
                if (_options is not null)
                    reader.Work = Task.Run(() => ReadAsync(_options, botId, reader.Ending.Token));
            }

            reader.Watchers++;
            return new Watcher(this, botId);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var reader in _readers.Values)
                reader.Ending.Cancel();
            _readers.Clear();
        }

        _client.Dispose();
    }

    private void Close(BotId botId)
    {
        lock (_lock)
        {
            if (_readers.TryGetValue(botId, out var reader) && --reader.Watchers == 0)
            {
                reader.Ending.Cancel();
                _readers.Remove(botId);
            }
        }
    }

    private async Task ReadAsync(TimelineOptions options, BotId botId, CancellationToken ending)
    {
        var address = new Uri($"{options.Url}{(options.Url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}botId={botId}");
        while (!ending.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
                request.Headers.Accept.ParseAdd("text/event-stream");
                using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending);
                response.EnsureSuccessStatusCode();
                await using var stream = await response.Content.ReadAsStreamAsync(ending);
                await foreach (var item in SseParser.Create(stream).EnumerateAsync(ending))
                    Add(botId, item.Data);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException && !ending.IsCancellationRequested)
            {
                Log.TailBroke(_logger, address, failure.Message);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, _clock, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Add(BotId botId, string data)
    {
        if (data.Length == 0)
            return;

        var entry = JsonSerializer.Deserialize<GatewayEntry>(data, Http.Json.Options);
        if (entry?.Kind is null)
            return;

        _timeline.Add(new TimelineEntry(
            0, entry.At ?? _clock.GetUtcNow(), "gateway", entry.Kind, botId, entry.ChatId is null ? null : _chatIds.PersonOf(botId, entry.ChatId), entry.ChatId,
            EventType: entry.EventType, WebhookEventId: entry.WebhookEventId, Mode: entry.Mode, Status: entry.Status, Millis: entry.Millis,
            Method: entry.Method, Path: entry.Path, Text: entry.Text, Body: entry.Body, Module: entry.Module, Epoch: entry.Epoch, Answers: entry.Active, Because: entry.Because,
            Lost: entry.Lost, IsExpiry: entry.IsExpiry, Until: entry.Until, LineSide: entry.LineSide, HasReplyToken: entry.HasReplyToken, SeenAs: entry.SeenAs, Refusal: entry.Refusal));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The gateway's tail at {Address} broke off and is tried again: {Reason}")]
        public static partial void TailBroke(ILogger logger, Uri address, string reason);
    }

    private sealed class Reader
    {
        public CancellationTokenSource Ending { get; } = new();

        public Task Work { get; set; } = Task.CompletedTask;

        public int Watchers { get; set; }
    }

    private sealed class Watcher(GatewayTail tail, BotId botId) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
                tail.Close(botId);
        }
    }

    private sealed record GatewayEntry(string? Method, string? Path, string? Active, string? Because,
        string? Lost, bool? IsExpiry, DateTimeOffset? Until, string? LineSide, bool? HasReplyToken, string? SeenAs, string? Refusal,
        DateTimeOffset? At, string? Kind, string? ChatId, string? WebhookEventId, string? EventType, string? Module, string? Mode, long? Epoch, int? Status, long? Millis, string? Text, JsonElement? Body);
}
