using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Attaching;

/// <summary>Takes an owner to LINE's consent and brings the outcome home: the code exchange is the attach.</summary>
/// <remarks>Source: LINE partner docs, "Attach a module channel". State and PKCE's verifier never leave the server but as LINE's protocol sends them.</remarks>
internal sealed partial class AttachFlow(
    IGatewayStore store, Vault vault, MasterKeys keys, LineUpstream line, UpstreamChannels channels, Connections words, ConnectionWorker connections,
    IOptions<AttachingOptions> options, StoreClock clock, ILogger<AttachFlow> log)
{
    /// <summary>A trip to LINE may take this long; LINE's own code lives shorter.</summary>
    private static readonly TimeSpan TripMax = TimeSpan.FromHours(1);

    /// <summary>Exchanges on their way, by state: a page that is loaded again waits for the first one's outcome. A code is good for one exchange.</summary>
    private readonly ConcurrentDictionary<string, Lazy<Task>> _underWay = new(StringComparer.Ordinal);


    private string RedirectUrl => options.Value.PublicUrl.TrimEnd('/') + "/attach/callback";

    public bool MayReturnTo(string url) => Uri.TryCreate(url, UriKind.Absolute, out var target)
        && options.Value.ReturnOrigins.Any(origin => Uri.TryCreate(origin, UriKind.Absolute, out var allowed) && Uri.Compare(target, allowed, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);

    /// <summary>Begins a trip; again with the same id begins another, and the older one's answer is no longer taken.</summary>
    public async Task<Uri> StartAsync(Guid id, IReadOnlyList<string> scopes, string? basicSearchId, string? region, string returnUrl, CancellationToken cancellationToken)
    {
        var pkce = Pkce.Create();
        var row = new AttachRequestRow(
            id, RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 43), vault.Verifiers.Seal(Encoding.ASCII.GetBytes(pkce.Verifier)),
            scopes, basicSearchId, region, returnUrl, clock.GetUtcNow(), AttachState.Pending, null, [], null, null);
        await store.WriteAsync(
            tx =>
            {
                tx.AttachRequests.Put(row);
                return true;
            },
            cancellationToken);
        return Client().AuthorizeUrl(ToLine(row, pkce));
    }

    /// <summary>What LINE's redirect brings; returns where the browser goes, null when nobody asked for it.</summary>
    public async Task<Uri?> ReturnAsync(string? state, string? code, string? error, string? errorDescription, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(state) || await store.ReadAsync(tx => tx.AttachRequests.FindByState(state), cancellationToken) is not { } request)
            return null;
        if (request.Outcome != AttachState.Pending)
            return BackTo(request, code); // The page was loaded again: the answer stands.

        // Shared and finished without the browser: it may leave or load the page again, LINE takes the code only once.
        var settling = _underWay.GetOrAdd(state, _ => new Lazy<Task>(() => SettleAsync(request, code, error, errorDescription)));
        await settling.Value.WaitAsync(cancellationToken);
        return BackTo(request, code);
    }

    private async Task SettleAsync(AttachRequestRow request, string? code, string? error, string? errorDescription)
    {
        try
        {
            if (await store.ReadAsync(tx => tx.AttachRequests.FindByState(request.State), CancellationToken.None) is not { Outcome: AttachState.Pending } current)
                return; // Settled between the caller's look and this one, or void by a newer trip.

            var settled = code is { Length: > 0 } ? current with { ProofDigest = DigestOf(ProofOf(current, code)) } : current;
            var outcome = settled switch
            {
                _ when clock.GetUtcNow() - request.CreatedAt > TripMax => settled with { Outcome = AttachState.Failed, Error = "expired", ErrorDescription = "The consent took more than an hour." },
                _ when !string.IsNullOrEmpty(error) => settled with { Outcome = AttachState.Refused, Error = Bounded(error), ErrorDescription = Bounded(errorDescription) },
                _ when string.IsNullOrEmpty(code) => settled with { Outcome = AttachState.Failed, Error = "no_code", ErrorDescription = "LINE sent the browser back without a code." },
                _ => await ExchangeAsync(await BeginExchangeAsync(settled), code, wasAsked: settled.ExchangeBegunAt is not null),
            };
            await store.WriteAsync(tx => Settle(tx, outcome), CancellationToken.None);
            if (outcome is { Outcome: AttachState.Attached, Bot: { } bot })
                await connections.PublishNowAsync(bot);
        }
        finally
        {
            _underWay.TryRemove(request.State, out _);
        }
    }

    /// <summary>Outcome and connection in one transaction: a crash leaves both or neither.</summary>
    private bool Settle(IGatewayTransaction tx, AttachRequestRow outcome)
    {
        if (outcome is { Outcome: AttachState.Attached, Bot: { } bot })
            words.Hear(tx, bot, channels.Module.Id, new ConnectionWord(ConnectionState.Attached, null) { Scopes = outcome.GrantedScopes, IsConsent = true });
        if (tx.AttachRequests.Find(outcome.Id) is { Outcome: not AttachState.Attached } current && current.State == outcome.State)
            tx.AttachRequests.Put(outcome);
        return true;
    }

    /// <summary>Written down before LINE is asked: whatever happens then, it is known that LINE may have attached.</summary>
    private Task<AttachRequestRow> BeginExchangeAsync(AttachRequestRow request) => store.WriteAsync(
        tx =>
        {
            var begun = request with { ExchangeBegunAt = request.ExchangeBegunAt ?? tx.Now };
            if (tx.AttachRequests.Find(request.Id) is { Outcome: AttachState.Pending } current && current.State == request.State)
                tx.AttachRequests.Put(begun);
            return begun;
        },
        CancellationToken.None);

    private async Task<AttachRequestRow> ExchangeAsync(AttachRequestRow request, string code, bool wasAsked)
    {
        try
        {
            var verifier = vault.Verifiers.OpenStored(request.SealedVerifier, "The PKCE verifier");
            var attached = await Client().ExchangeAsync(ToLine(request, new Pkce(Encoding.ASCII.GetString(verifier))), code, CancellationToken.None); // The client has its time-out.
            return request with { Outcome = AttachState.Attached, Bot = attached.Bot, GrantedScopes = attached.Scopes, ExchangeBegunAt = null };
        }
        catch (LineApiException refused) when (!refused.IsTransient)
        {
            // A code that was used: perhaps by ourselves, in a life before, whose answer was lost.
            if (wasAsked && refused.ErrorCode == "invalid_grant")
                return LostAnswers.Unanswered(request);

            return request with { Outcome = refused.Status == HttpStatusCode.Forbidden ? AttachState.Refused : AttachState.Failed, Error = refused.ErrorCode ?? ((int)refused.Status).ToString(System.Globalization.CultureInfo.InvariantCulture), ErrorDescription = Bounded(refused.Message), ExchangeBegunAt = null };
        }
        catch (Exception unreachable) when (unreachable is LineApiException or HttpRequestException or IOException or TaskCanceledException)
        {
            // LINE may have attached all the same; its webhook or its list then completes what this exchange could not see.
            Log.ExchangeFailed(log, unreachable);
            return LostAnswers.Unanswered(request);
        }
    }

    private ModuleAttachClient Client() => new(line.Http, line.Endpoints, channels.Module.Id, channels.Module.Secret);

    private AttachRequest ToLine(AttachRequestRow request, Pkce pkce) => new()
    {
        RedirectUrl = RedirectUrl,
        Scopes = request.AskedScopes,
        State = request.State,
        BasicSearchId = request.BasicSearchId,
        Region = request.Region,
        Pkce = pkce,
    };

    /// <summary>Whether this is what the browser that came back from LINE was given: whoever only began the trip, or only knows its address, has it not.</summary>
    public static bool IsProven(AttachRequestRow request, string? proof) => request.ProofDigest is { } digest && proof is { Length: > 0 and < 200 }
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(DigestOf(proof)), Encoding.ASCII.GetBytes(digest));

    private Uri BackTo(AttachRequestRow request, string? code)
    {
        var separator = request.ReturnUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var proof = code is { Length: > 0 } ? "&proof=" + ProofOf(request, code) : "";
        return new Uri($"{request.ReturnUrl}{separator}attachRequest={request.Id}{proof}");
    }

    /// <summary>Of the version that sealed the request's verifier: the same proof for the same code, also after a rotation.</summary>
    private byte[] ProofKey(AttachRequestRow request) => keys.Derive(Sealer.VersionOf(request.SealedVerifier), "attach proofs"u8, []);

    /// <summary>Made from LINE's code, which only that browser brings; the same when it loads the page again.</summary>
    private string ProofOf(AttachRequestRow request, string code) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(ProofKey(request), Encoding.UTF8.GetBytes($"{request.State}|{code}")));

    internal static string DigestOf(string proof) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof)));

    private static string? Bounded(string? text) => text is { Length: > 300 } ? text[..300] : text;

    private static partial class Log
    {
        [LoggerMessage(301, LogLevel.Warning, "The code exchange with LINE got no answer.")]
        public static partial void ExchangeFailed(ILogger logger, Exception error);
    }
}
