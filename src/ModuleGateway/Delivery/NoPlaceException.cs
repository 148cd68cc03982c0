namespace ModuleGateway.Delivery;

/// <summary>All of our connections are in use: this says nothing about the module.</summary>
internal sealed class NoPlaceException() : Exception(AttemptDetails.NoPlace);
