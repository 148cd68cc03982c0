namespace Line.Audiences;

/// <summary>An ad account that shares an audience.</summary>
/// <param name="Name">Its name.</param>
public sealed record AdAccount(string? Name);
