using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Http;

namespace Sandbox.Api;

/// <summary>What this platform answers to one call.</summary>
/// <param name="Body">Null: none.</param>
/// <param name="AcceptedRequestId">Of a 409: the request that was accepted under the same retry key.</param>
internal sealed record LineAnswer(int Status, byte[]? Body, string ContentType = LineAnswer.JsonType, string? AcceptedRequestId = null)
{
    public const string JsonType = "application/json";

    /// <summary>200 with LINE's empty object.</summary>
    public static readonly LineAnswer Empty = Of(200, new { });

    public static LineAnswer Of(int status, object body) => new(status, Json.Bytes(body));

    public static LineAnswer Ok(object body) => Of(200, body);

    /// <summary>The Messaging API's error body; <c>details</c> is absent when there are none.</summary>
    public static LineAnswer Error(int status, string message, IReadOnlyList<ErrorDetail>? details = null) =>
        Of(status, new { message, details = details is { Count: > 0 } ? details : null });

    /// <summary>The error body of the token endpoints.</summary>
    public static LineAnswer OAuthError(int status, string error, string description) => Of(status, new { error, error_description = description });

    /// <summary>The body for logs: JSON as it is, other content by its type and size.</summary>
    public JsonNode? Logged() => Body switch
    {
        null => null,
        _ when ContentType == JsonType => JsonNode.Parse(Encoding.UTF8.GetString(Body)),
        _ => $"{ContentType}, {Body.Length} bytes",
    };
}
