using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>A send with a retry key that LINE accepted.</summary>
/// <param name="Call">LINE's path.</param>
/// <param name="RequestId">LINE's id of the accepted request.</param>
/// <param name="SentMessages">LINE's list of what it sent, as JSON; null where the call has none.</param>
internal sealed record AcceptedKeyRow(LinkageId Linkage, string Call, Guid Key, string RequestId, string? SentMessages, DateTimeOffset At);

internal interface IAcceptedKeyRows
{
    /// <summary>Keeps it, unless it is kept already.</summary>
    void Add(AcceptedKeyRow accepted);

    AcceptedKeyRow? Find(LinkageId linkage, string call, Guid key);

    void RemoveBefore(DateTimeOffset instant);
}
