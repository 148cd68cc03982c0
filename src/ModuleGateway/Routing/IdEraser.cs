using System.Security.Cryptography;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>What became of a linkage's ids.</summary>
internal enum ErasedIds : byte
{
    UnknownLinkage,

    /// <summary>The linkage goes on with ids that have nothing to do with the ones before.</summary>
    Replaced,

    /// <summary>The linkage has ended: its ids mean nothing any more. Should it begin again, it gets fresh ones.</summary>
    Removed,
}

/// <summary>Erases the salt that a linkage's ids rest on: every id that its module was ever shown is an unknown user from then on, and every token is dead.</summary>
/// <remarks>Tokens are held against the row at each use, so they die with the commit; ids when a process has taken up the new salt, within a second.</remarks>
internal sealed class IdEraser(IGatewayStore store, Vault vault, RegistryFollower follower)
{
    public async Task<ErasedIds> EraseAsync(LinkageId id, CancellationToken cancellationToken)
    {
        var salt = vault.Salts.Seal(RandomNumberGenerator.GetBytes(LinkageIds.SaltBytes));
        var erased = await store.WriteAsync(
            tx =>
            {
                if (tx.Control.Linkage(id) is not { } seen)
                    return ErasedIds.UnknownLinkage;

                _ = tx.Control.Account(seen.Bot); // The bot's order first: the linkage may end at this moment.
                var row = tx.Control.Linkage(id)!;
                var hasEnded = row.State == LinkageState.Ended;
                if (hasEnded)
                    tx.Deliveries.CancelOwed(id); // Nobody could write it any more.
                tx.Control.Put(row with { SealedSalt = hasEnded ? null : salt, KeyVersion = Sealer.VersionOf(salt), IdGeneration = row.IdGeneration + 1 });
                tx.Control.RaiseIdsRevision();
                return hasEnded ? ErasedIds.Removed : ErasedIds.Replaced;
            },
            cancellationToken);
        if (erased != ErasedIds.UnknownLinkage)
            await follower.FollowErasingAsync(cancellationToken);
        return erased;
    }
}
