using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Reliability.World;

/// <summary>Modules that push through the gateway without pause, each push with a retry key and again until it is taken, while LINE is in trouble with the calls of some accounts.</summary>
internal sealed class Callers(GatewayHost host, HttpClient http) : IDisposable
{
    private const string PushPath = "/v2/bot/message/push";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, byte> _taken = new();
    private readonly ConcurrentDictionary<int, int> _done = new();
    private readonly ConcurrentDictionary<(LineTrouble Trouble, int Status), int> _answers = new();
    private readonly Dictionary<string, LineTrouble> _troubles = [];
    private readonly List<Task> _calling = [];
    private readonly CancellationTokenSource _closing = new();
    private volatile TaskCompletionSource _healed = new();

    /// <summary>How often calls of accounts with which LINE has this trouble, now and then, ended in each status.</summary>
    public IReadOnlyDictionary<(LineTrouble Trouble, int Status), int> Answers => _answers;

    /// <summary>Pushes that were taken in the end, by the shop's place.</summary>
    public IReadOnlyDictionary<int, int> Done => _done;

    /// <summary>LINE's own count: keys of which it took a push.</summary>
    public int TakenAtLine => _taken.Count;

    /// <summary>LINE does well by the first of these shops, and in turn has its troubles with the others, once it is in <see cref="Trouble"/>.</summary>
    public void Begin(Uri door, IReadOnlyList<Neighbour> shops)
    {
        _healed.TrySetResult();
        var kinds = Enum.GetValues<LineTrouble>();
        for (var i = 0; i < shops.Count; i++)
            _troubles[shops[i].Shop.Bot.ToString()] = kinds[i % kinds.Length];
        host.Line.Answer = Answer;
        host.Line.AnswerLater = call => TroubleOf(call) == LineTrouble.Hangs ? _healed.Task : Task.CompletedTask;
        host.Line.HangUp = call => TroubleOf(call) == LineTrouble.HangsUp;
        foreach (var shop in shops)
            _calling.Add(Task.Run(() => CallAsync(door, shop)));
    }

    public void Trouble() => _healed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>LINE does well again, and whoever waits for an answer gets it.</summary>
    public void Heal() => _healed.TrySetResult();

    /// <summary>Completes when every push that was begun has been taken; nobody begins another.</summary>
    public async Task CloseAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_calling);
    }

    public void Dispose() => _closing.Dispose();

    private LineTrouble TroubleOf(LineCall call) => call.Path == PushPath && !_healed.Task.IsCompleted ? _troubles.GetValueOrDefault(call.Bot) : LineTrouble.None;

    private (int Status, string Body)? Answer(LineCall call)
    {
        if (call.Path != PushPath)
            return null;

        switch (TroubleOf(call))
        {
            case LineTrouble.Limits:
                return (429, """{"message":"The API rate limit has been exceeded. Try again later."}""");
            case LineTrouble.Fails:
                return (500, """{"message":"Internal server error"}""");
            default:
                return _taken.TryAdd(call.RetryKey!, 0) ? null : (409, """{"message":"The retry key is already accepted"}"""); // As LINE does.
        }
    }

    private async Task CallAsync(Uri door, Neighbour shop)
    {
        var customer = await shop.Customer.Task;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = shop.Good.Channel.ToString(), ["client_secret"] = shop.Good.Secret,
        });
        using var issued = await http.PostAsync(new Uri(door, "/oauth2/v3/token"), form);
        var token = (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["access_token"]!;
        using var pace = new PeriodicTimer(Pace);
        for (var number = 1; !_closing.IsCancellationRequested; number++)
        {
            var key = Guid.NewGuid().ToString();
            while (!await PushAsync(door, shop, customer, token, key, number))
                await pace.WaitForNextTickAsync();
            _done.AddOrUpdate(shop.Place, 1, (_, count) => count + 1);
            await pace.WaitForNextTickAsync();
        }
    }

    /// <returns>Whether LINE has taken it.</returns>
    private async Task<bool> PushAsync(Uri door, Neighbour shop, string customer, string token, string key, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(door, PushPath))
        {
            Content = JsonContent.Create(new { to = customer, messages = new[] { new { type = "text", text = number.ToString(CultureInfo.InvariantCulture) } } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", shop.Shop.Bot.ToString());
        request.Headers.TryAddWithoutValidation("X-Line-Retry-Key", key);
        using var answer = await http.SendAsync(request);
        _answers.AddOrUpdate((_troubles[shop.Shop.Bot.ToString()], (int)answer.StatusCode), 1, (_, count) => count + 1);
        return answer.IsSuccessStatusCode || (int)answer.StatusCode == 409;
    }
}
