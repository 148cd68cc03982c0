using Line;

namespace ModuleGateway.Upstream;

/// <summary>A call to LINE.</summary>
/// <param name="PathAndQuery">LINE's, escaped, ids already LINE's.</param>
/// <param name="Channel">Which of our channels calls.</param>
internal sealed record UpstreamRequest(HttpMethod Method, string PathAndQuery, ChannelId Channel, BotId Bot)
{
    /// <summary>JSON, or null.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>A body that goes on while it comes in; then the call is made once, whatever LINE says to our token.</summary>
    public Stream? Content { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Of <see cref="Content"/>; null: not known before its end.</summary>
    public long? ContentLength { get; init; }

    /// <summary>A UUID in text, or null.</summary>
    public string? RetryKey { get; init; }

    public string? DeliveryTag { get; init; }

    /// <summary>Whether it is a call of the host that has pictures, recordings and files.</summary>
    public bool ToDataHost { get; init; }

    /// <summary>Whether a success is handed on while it comes in.</summary>
    public bool StreamsAnswer { get; init; }
}
