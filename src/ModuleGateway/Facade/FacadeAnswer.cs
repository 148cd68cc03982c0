using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>What a call is answered with.</summary>
/// <param name="AcceptedRequestId">On a 409: the id that the accepted call was answered with.</param>
/// <param name="RequestId">LINE's id, where LINE answered; null: the gateway gives one.</param>
internal sealed record FacadeAnswer(int Status, ReadOnlyMemory<byte> Body, string? ContentType = "application/json", string? AcceptedRequestId = null, string? RequestId = null)
{
    public static FacadeAnswer Empty { get; } = new(200, "{}"u8.ToArray());

    /// <summary>A body that is handed on while LINE sends it, in place of <see cref="Body"/>. Whoever writes the answer disposes of it.</summary>
    public LineStream? Passing { get; init; }

    /// <summary>LINE's answer as the calling module gets it, its ids apart.</summary>
    public static FacadeAnswer Of(UpstreamAnswer line) => line.Status switch
    {
        0 => LineErrors.UnknownOutcome,
        401 => LineErrors.GatewayRefused, // It is our token that LINE refuses; the module would throw its own away.
        _ => new FacadeAnswer(line.Status, line.Body, line.ContentType, line.AcceptedRequestId, line.RequestId.Length > 0 ? line.RequestId : null) { Passing = line.Passing },
    };
}
