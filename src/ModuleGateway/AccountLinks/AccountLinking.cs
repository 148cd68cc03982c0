using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.AccountLinks;

/// <summary>Leads a browser on to LINE's dialog with our nonce, and knows by it whose attempt an <c>accountLink</c> event speaks of.</summary>
/// <remarks>
/// LINE's event names the nonce and, where somebody else opened the link, nothing else: a nonce of the module's own could not tell who it is for.
/// That a token links only once is seen to by LINE, whose token stands behind each of ours.
/// Source: LINE, "Linking accounts".
/// </remarks>
internal sealed class AccountLinking(IGatewayStore store, LinkTokens tokens, Vault vault, IOptions<UpstreamOptions> options)
{
    /// <summary>LINE's bounds of a nonce, in characters.</summary>
    private const int NonceMin = 10, NonceMax = 255;

    /// <summary>Attempts with one token: somebody who opens the module's page again has a new nonce each time.</summary>
    private const int AttemptsMax = 10;

    /// <summary>As long as an event about it may still be tried again.</summary>
    private static readonly TimeSpan RememberedTime = TimeSpan.FromDays(30);

    /// <returns>Where at LINE the browser goes; null when token or nonce is none that LINE would take.</returns>
    public async Task<Uri?> BeginAsync(string linkToken, string nonce, CancellationToken cancellationToken)
    {
        if (nonce.Length is < NonceMin or > NonceMax || tokens.Open(linkToken) is not { } grant)
            return null;

        var fresh = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var ours = await store.WriteAsync(tx => Begin(tx, grant, nonce, fresh), cancellationToken);
        return ours is null ? null : new Uri($"{options.Value.AccessBaseUrl.TrimEnd('/')}/dialog/bot/accountLink?linkToken={Uri.EscapeDataString(grant.LineToken)}&nonce={ours}");
    }

    /// <summary>The attempt that an <c>accountLink</c> event is about; null when none of our modules began it.</summary>
    public static AccountLinkRow? AttemptOf(IGatewayTransaction tx, BotId bot, ReadOnlySpan<byte> body) =>
        EventWord.Find(body, "link"u8, "nonce"u8) is { } word ? tx.AccountLinks.Find(bot, word.Value) : null;

    /// <summary>The nonce that the module itself gave to the attempt.</summary>
    /// <exception cref="StoreUnavailableException">Its version of the master key was not read here yet.</exception>
    public string NonceOf(AccountLinkRow attempt) => Encoding.UTF8.GetString(vault.Bodies(attempt.Bot).OpenStored(attempt.SealedNonce, "The nonce of an account link"));

    /// <summary>The attempt's nonce at LINE: whoever reloads the page goes on with the same one.</summary>
    private string? Begin(IGatewayTransaction tx, LinkGrant grant, string nonce, string fresh)
    {
        var account = tx.Control.Account(grant.Bot);
        var linkage = tx.Control.Linkage(grant.Linkage);
        if (account is not { Connection: ConnectionState.Attached } || linkage is not { Listens: true } || linkage.IdGeneration != grant.IdGeneration || tx.Now >= grant.ExpiresAt)
            return null;

        tx.AccountLinks.RemoveBefore(tx.Now - RememberedTime);
        var token = SHA256.HashData(Encoding.UTF8.GetBytes(grant.LineToken));
        var begun = tx.AccountLinks.OfToken(token);
        if (begun.FirstOrDefault(attempt => NonceOf(attempt) == nonce) is { } same)
            return same.Nonce;
        if (begun.Count >= AttemptsMax)
            return null;

        tx.AccountLinks.Add(new AccountLinkRow(fresh, grant.Bot, token, grant.Linkage, grant.IdGeneration, vault.Bodies(grant.Bot).Seal(Encoding.UTF8.GetBytes(nonce)), tx.Now));
        return fresh;
    }
}
