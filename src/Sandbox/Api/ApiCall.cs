using System.Text.Json;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;

namespace Sandbox.Api;

/// <summary>One admitted call.</summary>
/// <param name="account">The Official Account it is about; null only for calls that name none.</param>
/// <param name="body">Undefined where the call has none.</param>
internal sealed class ApiCall(HttpContext http, ApiRow row, Channel channel, OfficialAccount? account, JsonElement body, string requestId)
{
    public ApiRow Row => row;

    public Channel Channel => channel;

    public OfficialAccount Account => account ?? throw new InvalidOperationException($"{row.Path} names no account.");

    public JsonElement Body => body;

    public string RequestId => requestId;

    /// <summary>The body of a call that needs one: without a body it reads as an empty object, and each missing property is named.</summary>
    public JsonElement BodyOrEmpty => body.ValueKind == JsonValueKind.Undefined ? JsonSerializer.SerializeToElement(new { }) : body;

    /// <summary>The request itself, for calls that read their body.</summary>
    public HttpRequest Request => http.Request;

    /// <summary>Ends when the caller has gone.</summary>
    public CancellationToken Gone => http.RequestAborted;

    /// <summary>This platform's own origin, for links to pictures.</summary>
    public string Origin => $"{http.Request.Scheme}://{http.Request.Host}";

    /// <summary>Whom the call turned out to be about; for the time line.</summary>
    public Person? Person { get; set; }

    /// <summary>Which chat it turned out to be about; for the time line.</summary>
    public ChatKey? Chat { get; set; }

    /// <summary>That chat's id as the caller names it.</summary>
    public string? ChatId { get; set; }

    public T Service<T>()
        where T : notnull => http.RequestServices.GetRequiredService<T>();

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Header(string name) => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
