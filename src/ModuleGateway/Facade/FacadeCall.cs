using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;

namespace ModuleGateway.Facade;

/// <summary>A call of a module's, after the pipeline has found who calls and for which bot.</summary>
internal sealed class FacadeCall(HttpContext http, LinkedModule caller, CallRow row, ReadOnlyMemory<byte> body)
{
    /// <summary>Ours, for what is written down of it.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    public LinkedModule Caller { get; } = caller;

    /// <summary>Which call this is.</summary>
    public CallRow Row { get; } = row;

    /// <summary>What the call needs: its handler asks <see cref="Admission"/> by it.</summary>
    public CallRule Rule => Row.Rule;

    public BotId Bot => Caller.Row.Bot;

    /// <summary>Empty where it is streamed.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    public HttpMethod Method { get; } = new(http.Request.Method);

    public string Path { get; } = http.Request.Path.Value!;

    public string Query { get; } = http.Request.QueryString.Value ?? "";

    public string? RetryKey => Header("X-Line-Retry-Key");

    /// <summary>The chats that the call turned out to be about, each once for each time that it was named.</summary>
    public IReadOnlyList<ChatKey> Chats { get; set; } = [];

    /// <summary>The one user, group or room of the path; null where it names none, or several.</summary>
    public ChatKey? Named { get; set; }

    /// <summary>The one chat that the call is about, for whoever watches.</summary>
    public ChatKey? Chat
    {
        get => Chats is [var only] ? only : null;
        set => Chats = value is { } only ? [only] : [];
    }

    /// <summary>The request itself, for bodies that are streamed.</summary>
    public HttpRequest Request => http.Request;

    public string? Route(string name) => http.Request.RouteValues[name] as string;

    /// <summary>Null where it is not there, or empty.</summary>
    public string? Header(string name) => http.Request.Headers[name].ToString() is { Length: > 0 } text ? text : null;
}
