using Line;

namespace ModuleGateway.Attaching;

internal enum AttachState : byte { Pending = 0, Attached = 1, Refused = 2, Failed = 3 }

/// <summary>A consent that the portal asked for, from its start to LINE's answer.</summary>
/// <param name="Id">The portal's: its order.</param>
/// <param name="State">OAuth's state, one for each trip to LINE.</param>
/// <param name="SealedVerifier">PKCE's verifier, sealed.</param>
/// <param name="ReturnUrl">Where the browser goes afterwards.</param>
internal sealed record AttachRequestRow(
    Guid Id, string State, byte[] SealedVerifier, IReadOnlyList<string> AskedScopes, string? BasicSearchId, string? Region, string ReturnUrl, DateTimeOffset CreatedAt,
    AttachState Outcome, BotId? Bot, IReadOnlyList<string> GrantedScopes, string? Error, string? ErrorDescription)
{
    /// <summary>Digest of the proof that only the browser which came back from LINE was given; null until it came.</summary>
    public string? ProofDigest { get; init; }

    /// <summary>When LINE was asked to exchange the code, while its answer is not known; null before, and once it is.</summary>
    public DateTimeOffset? ExchangeBegunAt { get; init; }

    /// <summary>In place of a consent at LINE: the account's own channel, once its owner showed that it is theirs; null again when it is connected.</summary>
    public OfferedChannel? OwnChannel { get; init; }
}

/// <summary>A channel that its owner has offered, and LINE has confirmed, but that is not connected yet.</summary>
internal sealed record OfferedChannel(ChannelId Id, byte[] SealedSecret);

internal interface IAttachRequestRows
{
    void Put(AttachRequestRow request);

    AttachRequestRow? Find(Guid id);

    AttachRequestRow? FindByState(string state);

    /// <summary>Requests whose code LINE was asked to exchange since then, and of which nobody knows what LINE did.</summary>
    IReadOnlyList<AttachRequestRow> Unanswered(DateTimeOffset since);

    /// <summary>The bots that requests begun since then attached.</summary>
    IReadOnlyList<BotId> AttachedSince(DateTimeOffset since);
}
