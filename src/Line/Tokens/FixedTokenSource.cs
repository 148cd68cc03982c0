namespace Line;

/// <summary>Always the same token: for one made in LINE's console, and for tests.</summary>
public sealed class FixedTokenSource(string token) : IChannelTokenSource
{
    /// <inheritdoc />
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(token);

    /// <summary>There is no other token to take: the call's 401 tells the caller.</summary>
    void IChannelTokenSource.Refuse(string token)
    {
    }
}
