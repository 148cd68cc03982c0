using Tenancy;

namespace ModuleGateway.Tokens;

/// <summary>Which reply tokens were used. A reserved token is used until LINE's refusal frees it.</summary>
internal interface IReplyTokenUses
{
    /// <summary>False when this token was used, or is being used now.</summary>
    bool TryReserve(long eventSeq, LinkageId linkage, DateTimeOffset at);

    void Free(long eventSeq, LinkageId linkage);
}

/// <summary>A token that is kept, by the digest of its text.</summary>
/// <param name="KeyId">LINE's <c>key_id</c> of a token with an expiry of the module's choice (v2.1); null: a short-lived one, which has none.</param>
internal sealed record ModuleTokenRow(string Digest, string? KeyId, ModuleId Module, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

internal interface IModuleTokenRows
{
    /// <summary>Keeps other transactions from issuing to this module until this one ends: whoever counts its tokens takes it first.</summary>
    void Take(ModuleId module);

    void Add(ModuleTokenRow token);

    ModuleTokenRow? Find(string digest);

    /// <summary>A module's tokens that have not expired, oldest first.</summary>
    IReadOnlyList<ModuleTokenRow> Live(ModuleId module, DateTimeOffset now);

    void Remove(string digest);

    /// <summary>Forgets the module's tokens that ran out before this instant.</summary>
    void RemoveExpired(ModuleId module, DateTimeOffset before);
}
