namespace ModuleGateway.Delivery;

/// <summary>A module's URL, or an address of its host, is one that is never connected to.</summary>
internal sealed class AddressRefusedException(string reason) : Exception(reason);
