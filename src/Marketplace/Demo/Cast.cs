using System.Security.Cryptography;
using Line;
using Marketplace.Browsing;
using Marketplace.Development;
using Marketplace.Hosting;
using Marketplace.Outside;

namespace Marketplace.Demo;

/// <summary>Who plays in one run, and what they have in hand. Everybody is new each time, so that runs on one instance do not meet.</summary>
internal sealed class Cast(Addresses addresses, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan }; // Each step has its limit; a stream has none.

    public Addresses Addresses => addresses;

    /// <summary>Six characters that tell this run's people, account and words from another's.</summary>
    public string Mark { get; } = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 6);

    /// <summary>The shop owner's.</summary>
    public Browser Browser { get; } = new();

    /// <summary>What the shop owner looks at.</summary>
    public Page Page { get; set; } = null!;

    public SandboxConsole Line => new(_http, addresses.Sandbox);

    public Desk Desk => new(_http, addresses.LiveDesk);

    public HttpClient Http => _http;

    /// <summary>The shop's Official Account, and who administers it at LINE.</summary>
    public SandboxConsole.Account Account { get; set; } = null!;

    public SandboxConsole.Manager Manager { get; set; } = null!;

    /// <summary>The LINE user who writes.</summary>
    public SandboxConsole.Person Customer { get; set; } = null!;

    public PhoneChat Phone { get; set; } = null!;

    /// <summary>A module that only listens, linked with the same account.</summary>
    public WebhookRecorder? Listener { get; set; }

    public DevelopmentModule? ListenersModule { get; set; }

    /// <summary>The customer as the listener knows them.</summary>
    public string ListenersCustomer { get; set; } = "";

    /// <summary>The customer's chat at the desk.</summary>
    public long DeskChat { get; set; }

    /// <summary>How many messages had come before the customer wrote while the desk held the chat.</summary>
    public int HeardBeforeHold { get; set; }

    public BotId Bot => Account.BotId;

    /// <summary>The keyword that the owner has set up for this run, and its answer.</summary>
    public string Keyword => $"demo {Mark}";

    public string KeywordAnswer => $"答案 {Mark}: we are open from 10 to 20.";

    /// <summary>Reads again and again until it is as expected; the step's limit ends it.</summary>
    /// <param name="readAsync">Looks.</param>
    /// <param name="isIt">Whether it is there.</param>
    /// <param name="expected">What is waited for.</param>
    /// <param name="describe">What was there at the last look.</param>
    public async Task<T> UntilAsync<T>(Func<Task<T>> readAsync, Func<T, bool> isIt, string expected, Func<T, string> describe, CancellationToken cancellationToken)
    {
        var came = "no answer";
        try
        {
            while (true)
            {
                var read = await readAsync();
                if (isIt(read))
                    return read;

                came = describe(read);
                await Task.Delay(LookAgainAfter, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            throw new StepFailedException(expected, came);
        }
    }

    /// <summary>Waits for a message of the account's on the phone.</summary>
    /// <param name="expected">What is waited for.</param>
    public async Task<PhoneChat.Bubble> HearAsync(Func<PhoneChat.Bubble, bool> isIt, string expected, CancellationToken cancellationToken)
    {
        var before = Phone.Heard.Count;
        try
        {
            return await Phone.NextAsync(isIt, cancellationToken) ?? throw new StepFailedException(expected, "the end of the phone's stream");
        }
        catch (OperationCanceledException)
        {
            var others = Phone.Heard.Skip(before).Select(bubble => $"\"{bubble.Text}\"").ToList();
            throw new StepFailedException(expected, others.Count == 0 ? "no message in time" : string.Join(", ", others));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Phone is not null)
            await Phone.DisposeAsync();
        if (Listener is not null)
            await Listener.DisposeAsync();
        Browser.Dispose();
        _http.Dispose();
    }
}
