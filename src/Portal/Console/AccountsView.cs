using Portal.Gateway;
using Portal.Purchasing;
using Tenancy;

namespace Portal.Console;

/// <summary>"My accounts" of one organisation at one moment.</summary>
/// <param name="GatewayAnswers">False: health, messages and whether changes are applied are unknown; everything else is true.</param>
/// <param name="Unfinished">Orders that this person can take up again.</param>
public sealed record AccountsView(IReadOnlyList<AccountCard> Accounts, bool GatewayAnswers, IReadOnlyList<UnfinishedOrder> Unfinished)
{
    /// <summary>Some change is committed here and not yet taken over by the gateway.</summary>
    public bool IsPending => Accounts.Any(account => account.IsPending);
}

/// <summary>An Official Account with its modules as a stack: who answers first on top, who stands by below.</summary>
/// <param name="OpenChats">Chats that do not simply follow who answers first; null: not known.</param>
public sealed record AccountCard(OfficialAccount Account, Connection? Connection, IReadOnlyList<ModuleCard> Modules, OpenChatsCard? OpenChats, bool IsPending)
{
    /// <summary>The account's own channel, where it is connected by one; null also where the gateway does not answer.</summary>
    public ConnectedChannel? OwnChannel { get; init; }

    /// <summary>At LINE our channel is attached and in good standing.</summary>
    public bool IsConnected => Connection is { State: ConnectionState.Attached };

    /// <summary>Who answers first, by the owner's choice; null: LINE's own channel.</summary>
    public ModuleCard? First => Modules.SingleOrDefault(module => module.AnswersFirst);
}

/// <summary>Open chats of an account: all of them counted by holder, the latest listed.</summary>
/// <param name="Now">When the gateway was asked: what since and until are told from.</param>
public sealed record OpenChatsCard(IReadOnlyList<OpenCount> ByHolder, IReadOnlyList<OpenChat> Latest, DateTimeOffset Now)
{
    public int Total => ByHolder.Sum(count => count.Chats);
}

/// <summary>A module on an account.</summary>
/// <param name="PlanName">Null for one without a subscription, as a developer's.</param>
/// <param name="Standing">What the gateway says; null when it does not answer or has not seen the linkage yet.</param>
public sealed record ModuleCard(Linkage Linkage, ModuleFacts Module, string? PlanName, bool AnswersFirst, bool IsPending, LinkageStanding? Standing)
{
    /// <summary>Why the operator suspended it, in words for its owner; null: nobody did.</summary>
    public string? SuspendedFor { get; init; }

    /// <summary>Being active needs both to hear and to speak.</summary>
    public bool CanAnswerFirst => WhoAnswersFirst.Can(Linkage);

    /// <summary>Its module detached itself from the account, by its own call: it is there again once the owner has removed it and added it anew.</summary>
    public bool HasLeft => !IsPending && Linkage.State != LinkageState.Ended && Standing is { State: LinkageStanding.Ended };

    /// <summary>On, by the owner's wish and by the module's.</summary>
    public bool IsRunning => Linkage.State == LinkageState.On && !HasLeft;

    /// <summary>What the owner reads of its state: a name among the texts.</summary>
    public string StateName => IsPending ? "Pending" : HasLeft ? "Left" : Linkage.State.ToString();

    public Health Health => Standing switch
    {
        null => Health.Unknown,
        { LastDelivery: null } => Health.Quiet,
        { LastDelivery.Succeeded: true } => Health.Well,
        _ => Health.Failing,
    };
}

/// <summary>How a module answers deliveries.</summary>
public enum Health
{
    /// <summary>The gateway does not say.</summary>
    Unknown,

    /// <summary>Nothing was delivered yet.</summary>
    Quiet,

    /// <summary>The last delivery was taken.</summary>
    Well,

    /// <summary>The last delivery was not taken.</summary>
    Failing,
}

public sealed record UnfinishedOrder(OrderId Id, string ListingSlug, string PlanCode, string ModuleName, OrderState State, DateTimeOffset ExpiresAt);
