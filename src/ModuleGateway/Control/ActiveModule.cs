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

    /// <summary>Nobody holds the chat, and the owner tries a linkage in set-up in it.</summary>
    TestChat,

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
    /// <summary>The one rule, pure: LINE's word first, then the holder while its time runs and its standing is good, then who is tried in this chat, then the default.</summary>
    public static ActiveModule Of(AccountRow account, ChatRow chat, Func<LinkageId, LinkageRow?> linkages, DateTimeOffset now)
    {
        // Under the default the chat lives in the younger of two epochs: its own last change, or the whole account's.
        var epoch = account.DefaultEpoch > chat.DefaultEpochPassed ? Math.Max(chat.Epoch, account.DefaultEpoch) : chat.Epoch;
        if (account.Connection != ConnectionState.Attached)
            return new ActiveModule(null, chat.LineSide == LineSide.Standby || chat.HolderKind == HolderKind.Primary ? chat.Epoch : epoch, ActiveBecause.NotConnected);
        if (chat.LineSide == LineSide.Standby)
            return new ActiveModule(null, chat.Epoch, ActiveBecause.StandbyAtLine);
        if (chat.HolderKind == HolderKind.Primary)
            return new ActiveModule(null, chat.Epoch, ActiveBecause.GivenBack);
        if (chat.HolderKind == HolderKind.Linkage && !(chat.ExpiresAt <= now) && linkages(chat.Holder!.Value) is { } holder && holder.CanHold(chat))
            return new ActiveModule(chat.Holder, chat.Epoch, ActiveBecause.Held);

        if (TriedIn(chat, linkages) is { } tried)
            return new ActiveModule(tried, chat.Epoch, ActiveBecause.TestChat);

        return account.DefaultLinkage is { } id && linkages(id) is { } first && CanAnswerFirst(first, chat)
            ? new ActiveModule(id, epoch, ActiveBecause.Default)
            : new ActiveModule(null, epoch, ActiveBecause.NobodyAnswersFirst);
    }

    /// <summary>Who is chosen to answer first in this chat, in good standing or not: in a test chat the linkage that is tried, elsewhere the account's default.</summary>
    public static LinkageId? FirstIn(AccountRow account, ChatRow chat, Func<LinkageId, LinkageRow?> linkages) => TriedIn(chat, linkages) ?? account.DefaultLinkage;

    private static LinkageId? TriedIn(ChatRow chat, Func<LinkageId, LinkageRow?> linkages) =>
        chat.TestOf is { } id && linkages(id) is { } tried && tried.IsTriedIn(chat) && CanAnswerFirst(tried, chat) ? id : null;

    private static bool CanAnswerFirst(LinkageRow linkage, ChatRow chat) => linkage.CanHold(chat) && linkage.Has(Scopes.MessageSend);
}
