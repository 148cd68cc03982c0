using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>Where a linkage must stand to make a call, beside being attached and having the call's scope.</summary>
internal enum Standing : byte
{
    /// <summary>The scope alone, also in set-up.</summary>
    Attached,

    /// <summary>The scope alone, for a linkage that is on: in set-up a module only listens and looks.</summary>
    On,

    /// <summary>It could be the active module of the chat that the call is about: on, or in set-up and tried in this very chat.</summary>
    CanHold,

    /// <summary>It answers first in the account.</summary>
    DefaultActive,

    /// <summary>It is the active module of the chat that the call is about.</summary>
    ActiveInChat,
}

/// <summary>What a call needs of its caller.</summary>
/// <param name="Scope">LINE's scope; null for none.</param>
internal sealed record CallRule(string? Scope, Standing Standing)
{
    /// <summary>A grant of the owner's that stands in for being active, for a linkage that is on. Null: nothing does.</summary>
    public string? OnStandbyBy { get; init; }
}

internal enum AdmissionAnswer : byte
{
    Admitted,

    /// <summary>Not attached, paused or suspended, or without the scope.</summary>
    NoAccess,

    /// <summary>Attached, and not the one who may make this call now.</summary>
    Standby,
}

/// <summary>Why a module has no access to an account, whatever the chat.</summary>
internal enum AccessFault : byte
{
    None,

    /// <summary>It never was in the account, or has ended there.</summary>
    NotLinked,

    Paused,

    Suspended,

    /// <summary>LINE has detached or suspended our channel.</summary>
    NotConnected,

    /// <summary>The module does not have the call's scope.</summary>
    NoScope,

    /// <summary>It has it; at LINE the account did not grant it.</summary>
    ScopeNotGranted,
}

/// <summary>Whether a call is passed on.</summary>
/// <param name="Account">Through whose channel; set when admitted.</param>
/// <param name="IdGeneration">The linkage's at this moment.</param>
/// <param name="Epoch">The chat's, where the call is about a chat.</param>
internal readonly record struct AdmissionVerdict(AdmissionAnswer Answer, AccountRow? Account, int IdGeneration, long Epoch)
{
    /// <summary>Which of the chats that the call names are not the caller's, by their place; empty where it names one or none.</summary>
    public IReadOnlyList<int> RefusedAt { get; init; } = [];

    /// <summary>Why there is no access, where there is none.</summary>
    public AccessFault Fault { get; init; }

    /// <summary>The scope that is missing, where one is.</summary>
    public string? Scope { get; init; }

    public static AdmissionVerdict OnStandby { get; } = new(AdmissionAnswer.Standby, null, 0, 0);

    public static AdmissionVerdict NoAccess(AccessFault fault, string? scope = null) =>
        new(AdmissionAnswer.NoAccess, null, 0, 0) { Fault = fault, Scope = fault is AccessFault.NoScope or AccessFault.ScopeNotGranted ? scope : null };
}

/// <summary>The one rule on who may make which call, decided in the caller's transaction: from its commit on nobody has to look again.</summary>
internal sealed class Admission(ChatControl control)
{
    /// <param name="tx">The transaction that also writes what the call does here.</param>
    /// <param name="bot">Whose account.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="rule">What the call needs.</param>
    /// <param name="chat">The chat that it is about; null for none.</param>
    public AdmissionVerdict Admit(IGatewayTransaction tx, BotId bot, LinkageId caller, CallRule rule, ChatKey? chat)
    {
        if (FaultOf(tx, bot, caller, rule, out var account, out var linkage) is var fault and not AccessFault.None)
            return AdmissionVerdict.NoAccess(fault, rule.Scope);

        // The time is asked once the bot is ours: while we waited for it, others went on, and a hold may have run out.
        var now = tx.Now;

        var nobodys = ChatRow.Fresh(new ChatKey(bot, default, 0));
        var (stands, epoch) = rule.Standing switch
        {
            Standing.Attached => (true, 0),
            Standing.On => (linkage.State == LinkageState.On, 0),
            Standing.CanHold => (linkage.CanHold(chat is { } key && tx.Control.Chat(key) is { } row ? row : nobodys), 0),
            Standing.DefaultActive => (ActiveModule.Of(account, nobodys, tx.Control.Linkage, now).Linkage == caller, 0),
            _ => StandsIn(tx, account, caller, chat ?? throw new InvalidOperationException("A call that needs its chat names none."), now),
        };
        var isGranted = rule.OnStandbyBy is { } grant && linkage.CanHold(nobodys) && linkage.Has(grant);
        return stands || isGranted ? new AdmissionVerdict(AdmissionAnswer.Admitted, account, linkage.IdGeneration, epoch) : AdmissionVerdict.OnStandby;
    }

    /// <summary>As for one chat, for each of them: one that is refused refuses the call.</summary>
    public AdmissionVerdict Admit(IGatewayTransaction tx, BotId bot, LinkageId caller, CallRule rule, IReadOnlyList<ChatKey> chats)
    {
        if (chats.Count == 0)
            return Admit(tx, bot, caller, rule, chat: null);

        var verdict = default(AdmissionVerdict);
        var refused = new List<int>();
        for (var i = 0; i < chats.Count; i++)
        {
            verdict = Admit(tx, bot, caller, rule, chats[i]);
            if (verdict.Answer == AdmissionAnswer.NoAccess)
                return verdict;
            if (verdict.Answer == AdmissionAnswer.Standby)
                refused.Add(i);
        }

        return refused.Count == 0 ? verdict : AdmissionVerdict.OnStandby with { RefusedAt = refused };
    }

    /// <summary>The part of the rule that no chat decides; cheap enough to refuse by it before a body is read. Writes nothing.</summary>
    /// <returns>The refusal; null: there is access.</returns>
    public static AdmissionVerdict? Refusal(IGatewayTransaction tx, BotId bot, LinkageId caller, CallRule rule) =>
        FaultOf(tx, bot, caller, rule, out _, out _) is var fault and not AccessFault.None ? AdmissionVerdict.NoAccess(fault, rule.Scope) : null;

    private static AccessFault FaultOf(IGatewayTransaction tx, BotId bot, LinkageId caller, CallRule rule, out AccountRow account, out LinkageRow linkage)
    {
        account = tx.Control.Account(bot)!;
        linkage = tx.Control.Linkage(caller)!;
        return linkage switch
        {
            null => AccessFault.NotLinked,
            _ when linkage.Bot != bot => AccessFault.NotLinked,
            { State: LinkageState.Paused } => AccessFault.Paused,
            { State: LinkageState.Suspended } => AccessFault.Suspended,
            { Listens: false } => AccessFault.NotLinked,
            _ when account is not { Connection: ConnectionState.Attached } => AccessFault.NotConnected,
            _ when rule.Scope is null => AccessFault.None,
            _ when !linkage.Has(rule.Scope) => AccessFault.NoScope,
            _ => account.Scopes.Contains(rule.Scope) ? AccessFault.None : AccessFault.ScopeNotGranted,
        };
    }

    private (bool Stands, long Epoch) StandsIn(IGatewayTransaction tx, AccountRow account, LinkageId caller, ChatKey chat, DateTimeOffset now)
    {
        var (active, _) = control.Current(tx, account, chat, now);
        return (active.Linkage == caller, active.Epoch);
    }
}
