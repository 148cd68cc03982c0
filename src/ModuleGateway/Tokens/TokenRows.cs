using Tenancy;

namespace ModuleGateway.Tokens;

/// <summary>Which reply tokens were used. A reserved token is used until LINE's refusal frees it.</summary>
internal interface IReplyTokenUses
{
    /// <summary>False when this token was used, or is being used now.</summary>
    bool TryReserve(long eventSeq, LinkageId linkage, DateTimeOffset at);

    void Free(long eventSeq, LinkageId linkage);
}

/// <summary>A token with an expiry of the module's choice (LINE calls it v2.1), by the digest of its text.</summary>
internal sealed record ModuleTokenRow(string Digest, string KeyId, ModuleId Module, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

internal interface IModuleTokenRows
{
    void Add(ModuleTokenRow token);

    ModuleTokenRow? Find(string digest);

    /// <summary>A module's tokens that have not expired, oldest first.</summary>
    IReadOnlyList<ModuleTokenRow> Live(ModuleId module, DateTimeOffset now);

    void Remove(string digest);
}
