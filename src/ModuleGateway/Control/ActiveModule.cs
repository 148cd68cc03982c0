using Tenancy;

namespace ModuleGateway.Control;

/// <summary>Why a chat's active module is the one it is.</summary>
internal enum ActiveBecause : byte
{
    /// <summary>Nobody holds the chat: who answers first does.</summary>
    Default,

    /// <summary>A linkage holds it.</summary>
    Held,

    /// <summary>Nobody holds the chat and nobody answers first: LINE's own channel.</summary>
    NobodyAnswersFirst,

    /// <summary>It was given back to LINE's own channel.</summary>
    GivenBack,

    /// <summary>LINE says that another channel answers.</summary>
    StandbyAtLine,

    /// <summary>The account is not connected.</summary>
    NotConnected,
}

/// <summary>Who is active in a chat: a linkage, or LINE's own channel (Primary).</summary>
/// <param name="Linkage">Null: Primary.</param>
/// <param name="Epoch">The chat's epoch: it grows exactly when the active module changes.</param>
internal readonly record struct ActiveModule(LinkageId? Linkage, long Epoch, ActiveBecause Because)
{
    /// <summary>The one rule, pure: LINE's word first, then the holder while its time runs and its standing is good, then the default.</summary>
    public static ActiveModule Of(AccountRow account, ChatRow chat, Func<LinkageId, LinkageRow?> linkages, DateTimeOffset now)
    {
        if (account.Connection != ConnectionState.Attached)
            return new ActiveModule(null, chat.Epoch, ActiveBecause.NotConnected);
        if (chat.LineSide == LineSide.Standby)
            return new ActiveModule(null, chat.Epoch, ActiveBecause.StandbyAtLine);
        if (chat.HolderKind == HolderKind.Primary)
            return new ActiveModule(null, chat.Epoch, ActiveBecause.GivenBack);
        if (chat.HolderKind == HolderKind.Linkage && !(chat.ExpiresAt <= now) && linkages(chat.Holder!.Value) is { CanHold: true })
            return new ActiveModule(chat.Holder, chat.Epoch, ActiveBecause.Held);

        // Under the default the chat lives in the younger of two epochs: its own last change, or the whole account's.
        var epoch = Math.Max(chat.Epoch, account.DefaultEpoch);
        return account.DefaultLinkage is { } id && linkages(id) is { CanHold: true } first && first.Has(Scopes.MessageSend)
            ? new ActiveModule(id, epoch, ActiveBecause.Default)
            : new ActiveModule(null, epoch, ActiveBecause.NobodyAnswersFirst);
    }
}
