using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;

namespace ModuleGateway.Facade;

/// <summary>A call of a module's, after the pipeline has found who calls, for which bot, and that the scope is granted.</summary>
internal sealed class FacadeCall(HttpContext http, LinkedModule caller, ReadOnlyMemory<byte> body)
{
    public LinkedModule Caller { get; } = caller;

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
