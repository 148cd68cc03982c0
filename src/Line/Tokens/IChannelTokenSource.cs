namespace Line;

/// <summary>Where clients get a channel access token for each call. Thread-safe.</summary>
public interface IChannelTokenSource
{
    /// <summary>A token that is good now.</summary>
    /// <exception cref="LineApiException">LINE issues none.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>LINE answered 401 to this token: do not hand it out again.</summary>
    void Refuse(string token);
}
