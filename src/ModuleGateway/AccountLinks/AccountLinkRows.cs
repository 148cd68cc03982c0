using Line;
using Tenancy;

namespace ModuleGateway.AccountLinks;

/// <summary>An attempt of a module's to link one of its own accounts with a LINE user, from the moment the browser was sent on to LINE.</summary>
/// <param name="Nonce">Ours, as LINE says it in the <c>accountLink</c> event.</param>
/// <param name="Token">Which link token it was begun with: a digest of LINE's.</param>
/// <param name="IdGeneration">The linkage's when the token was given: once its ids are erased, nobody hears of the attempt.</param>
/// <param name="SealedNonce">The module's own nonce, sealed with the bot's key.</param>
internal sealed record AccountLinkRow(string Nonce, BotId Bot, byte[] Token, LinkageId Linkage, int IdGeneration, byte[] SealedNonce, DateTimeOffset BegunAt);

internal interface IAccountLinkRows
{
    void Add(AccountLinkRow link);

    AccountLinkRow? Find(BotId bot, string nonce);

    /// <summary>The attempts that were begun with this link token.</summary>
    IReadOnlyList<AccountLinkRow> OfToken(byte[] token);

    void RemoveBefore(DateTimeOffset instant);
}
