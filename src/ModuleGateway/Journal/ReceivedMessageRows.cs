using Tenancy;

namespace ModuleGateway.Journal;

/// <summary>Messages with something to download, by the linkages that were given them: LINE's content calls know no linkages.</summary>
internal interface IReceivedMessageRows
{
    void Add(LinkageId linkage, string messageId, DateTimeOffset at);

    void Remove(LinkageId linkage, string messageId);

    bool Has(LinkageId linkage, string messageId);
}
