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
}

internal interface IAttachRequestRows
{
    void Put(AttachRequestRow request);

    AttachRequestRow? Find(Guid id);

    AttachRequestRow? FindByState(string state);
}
