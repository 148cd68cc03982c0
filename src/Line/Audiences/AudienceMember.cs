namespace Line.Audiences;

/// <summary>One of an audience.</summary>
/// <param name="Id">A user id, or an identifier for advertisers.</param>
public sealed record AudienceMember(string Id);
