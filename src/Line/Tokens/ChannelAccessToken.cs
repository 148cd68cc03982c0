namespace Line;

/// <summary>A token that LINE issued.</summary>
/// <param name="Value">The secret to send as <c>Bearer</c>.</param>
/// <param name="Lifetime">How long it is good from now.</param>
/// <param name="KeyId">The id under which a v2.1 token is listed; null for other kinds.</param>
public sealed record ChannelAccessToken(string Value, TimeSpan Lifetime, string? KeyId)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"token for {Lifetime}";
}
