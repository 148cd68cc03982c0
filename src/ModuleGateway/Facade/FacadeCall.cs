using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;

namespace ModuleGateway.Facade;

/// <summary>A call of a module's, after the pipeline has found who calls and for which bot.</summary>
internal sealed class FacadeCall(HttpContext http, LinkedModule caller, CallRule rule, ReadOnlyMemory<byte> body)
{
    public LinkedModule Caller { get; } = caller;

    /// <summary>What the call needs: its handler asks <see cref="Admission"/> by it.</summary>
    public CallRule Rule { get; } = rule;

    public BotId Bot => Caller.Row.Bot;

    /// <summary>At most 2 MB.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    public HttpMethod Method { get; } = new(http.Request.Method);

    public string Path { get; } = http.Request.Path.Value!;

    public string Query { get; } = http.Request.QueryString.Value ?? "";

    public string? RetryKey { get; } = http.Request.Headers["X-Line-Retry-Key"];

    /// <summary>The chat that the call turned out to be about, for whoever watches.</summary>
    public ChatKey? Chat { get; set; }

    public string? Route(string name) => http.Request.RouteValues[name] as string;
}
