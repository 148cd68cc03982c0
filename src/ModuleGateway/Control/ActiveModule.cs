using Tenancy;

namespace ModuleGateway.Control;

/// <summary>Who is active in a chat: a linkage, or LINE's own channel (Primary).</summary>
/// <param name="Linkage">Null: Primary.</param>
/// <param name="Epoch">The chat's epoch: it grows exactly when the active module changes.</param>
/// <param name="ByDefault">Whether nobody holds the chat and the account's default decides.</param>
internal readonly record struct ActiveModule(LinkageId? Linkage, long Epoch, bool ByDefault)
{
    /// <summary>The one rule, pure: LINE's word first, then the holder while its time runs and its standing is good, then the default.</summary>
    public static ActiveModule Of(AccountRow account, ChatRow chat, Func<LinkageId, LinkageRow?> linkages, DateTimeOffset now)
    {
        if (account.Connection != ConnectionState.Attached || chat.LineSide == LineSide.Standby || chat.HolderKind == HolderKind.Primary)
            return new ActiveModule(null, chat.Epoch, false);

        if (chat.HolderKind == HolderKind.Linkage && !(chat.ExpiresAt <= now) && CanBeActive(linkages(chat.Holder!.Value)))
            return new ActiveModule(chat.Holder, chat.Epoch, false);

        // Under the default the chat lives in the younger of two epochs: its own last change, or the whole account's.
        var epoch = Math.Max(chat.Epoch, account.DefaultEpoch);
        return account.DefaultLinkage is { } id && CanBeActive(linkages(id))
            ? new ActiveModule(id, epoch, true)
            : new ActiveModule(null, epoch, true);
    }

    private static bool CanBeActive(LinkageRow? linkage) => linkage is { MaySpeak: true } && linkage.Has(Scopes.MessageReceive);
}
