using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>A webhook URL that a module has set by a call of its own. The registry, which the portal writes, keeps its own word.</summary>
/// <param name="InsteadOf">The registry's URL when it was set: once the provider has set another one in the portal, that one holds.</param>
internal sealed record ModuleEndpointRow(ModuleId Module, string Url, string InsteadOf, DateTimeOffset SetAt);

internal interface IModuleEndpointRows
{
    /// <summary>Grows with each one that is set, so that every process sees that there was one.</summary>
    long Revision { get; }

    IReadOnlyList<ModuleEndpointRow> All();

    void Put(ModuleEndpointRow endpoint);
}
