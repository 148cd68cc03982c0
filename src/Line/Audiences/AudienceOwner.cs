namespace Line.Audiences;

/// <summary>Who shares an audience.</summary>
/// <param name="ServiceType">The service, like <c>lap</c>.</param>
/// <param name="Id">The owner's id there.</param>
/// <param name="Name">The owner's name there.</param>
public sealed record AudienceOwner(string? ServiceType, string? Id, string? Name);
