using ControlModel.Model;
using ControlModel.Steps;
using Line;
using ModuleGateway.Tests;
using Tenancy;

namespace ControlModel.World;

/// <summary>A chat as LINE names it.</summary>
/// <param name="Upstream">LINE's id.</param>
/// <param name="Key">As the store keys it: kind and id in hex.</param>
internal sealed record ModelChat(int Number, bool IsGroup, string Upstream, string Key);

/// <summary>A module linked to a bot.</summary>
internal sealed class ModelLinkage(int number, LinkageId id, ModuleDouble module, string channel, string secret)
{
    public int Number { get; } = number;

    public LinkageId Id { get; } = id;

    public ModuleDouble Module { get; } = module;

    public string Channel { get; } = channel;

    public string Secret { get; } = secret;

    /// <summary>What this module calls each chat.</summary>
    public string[] ChatIds { get; set; } = [];

    public Standing Standing { get; set; } = Standing.On;

    /// <summary>Whether its module has detached itself and the owner has not removed it since.</summary>
    public bool HasLeft { get; set; }

    public (string Token, long Until)? AccessToken { get; set; }
}

/// <summary>One Official Account of the run: what is there, and what happened in the present round.</summary>
internal sealed class ModelBot(BotId id, TenantId tenant, OfficialAccountId account, IReadOnlyList<ModelChat> chats)
{
    public BotId Id { get; } = id;

    public TenantId Tenant { get; } = tenant;

    public OfficialAccountId Account { get; } = account;

    public IReadOnlyList<ModelChat> Chats { get; } = chats;

    public List<ModelLinkage> Linkages { get; } = [];

    /// <summary>One change of the owner's at a time: two at once may be applied as one.</summary>
    public SemaphoreSlim Owner { get; } = new(1, 1);

    /// <summary>The round's steps; each is told when the round is over and the store has been looked into.</summary>
    public List<Func<Evidence, Step?>> Told { get; } = [];

    /// <summary>Tokens that may be tried, newest last.</summary>
    public List<KnownToken> Tokens { get; } = [];

    /// <summary>Whether it was suspended or detached in this round.</summary>
    public bool WasAway { get; set; }

    /// <summary>Whether not all is known that the bot may be like now: another takes its place.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>What the bot may be like now.</summary>
    public IReadOnlyCollection<BotState> States { get; set; } = [];

    public string StoreKey => Id.ToString()[1..];

    public void Tell(Func<Evidence, Step?> step)
    {
        lock (Told)
            Told.Add(step);
    }
}

/// <summary>A reply token as a module got it.</summary>
internal sealed record KnownToken(int Id, int Linkage, int Chat, string EventId, string Text)
{
    /// <summary>Filled in when the store has been looked into.</summary>
    public (long Epoch, long ReceivedAt)? Facts { get; set; }
}
