namespace Line;

/// <summary>Holds a channel's stateless token and gets a new one when two minutes of its life are left.</summary>
/// <remarks>
/// Thread-safe, single flight: callers that come while one is being issued wait for that one, and share its failure; the next caller tries anew.
/// A caller that gives up waiting does not end the flight for the others; the HTTP client's time-out does.
/// </remarks>
/// <param name="issue">Asks LINE for a token.</param>
/// <param name="clock">Tells when the held token is old.</param>
public sealed class StatelessTokenSource(Func<CancellationToken, Task<ChannelAccessToken>> issue, TimeProvider clock) : IChannelTokenSource
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2); // 15 minutes are issued: used for 13, so that no call travels with a dying token.

    private readonly Lock _gate = new();
    private Held? _held;
    private Task<string>? _flight;

    /// <summary>A source for a channel that shows its secret.</summary>
    public static StatelessTokenSource ForSecret(ChannelTokenClient client, ChannelId channel, string channelSecret, TimeProvider clock) =>
        new(cancellationToken => client.IssueStatelessAsync(channel, channelSecret, cancellationToken), clock);

    /// <inheritdoc />
    public ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<string> flight;
        lock (_gate)
        {
            if (_held is { } held && clock.GetUtcNow() < held.FreshUntil)
                return ValueTask.FromResult(held.Token);

            flight = _flight ??= Task.Run(IssueAsync, CancellationToken.None);
        }

        return new ValueTask<string>(flight.WaitAsync(cancellationToken));
    }

    /// <inheritdoc />
    public void Refuse(string token)
    {
        lock (_gate)
        {
            if (_held?.Token == token)
                _held = null;
        }
    }

    private async Task<string> IssueAsync()
    {
        Held? held = null;
        try
        {
            var askedAt = clock.GetUtcNow();
            var issued = await issue(CancellationToken.None).ConfigureAwait(false);
            held = new Held(issued.Value, askedAt + issued.Lifetime - Margin);
            return issued.Value;
        }
        finally
        {
            lock (_gate)
            {
                _held = held ?? _held;
                _flight = null;
            }
        }
    }

    private sealed record Held(string Token, DateTimeOffset FreshUntil);
}
