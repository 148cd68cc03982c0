using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line;

/// <summary>What came back from LINE: read once, bounded, JSON or nothing.</summary>
internal sealed class LineAnswer
{
    public const long BodyBytesMax = 4 * 1024 * 1024; // No answer read here is near it; LINE's largest list page is some 100 KB.

    private LineAnswer(HttpStatusCode status, HttpResponseHeaders headers, JsonElement body)
    {
        Status = status;
        Body = body;
        RequestId = headers.TryGetValues("x-line-request-id", out var ids) ? ids.First() : null;
        AcceptedRequestId = headers.TryGetValues("x-line-accepted-request-id", out var accepted) ? accepted.First() : null;
    }

    public HttpStatusCode Status { get; }
    public string? RequestId { get; }
    public string? AcceptedRequestId { get; }

    /// <summary>The body; undefined when it is empty or no JSON.</summary>
    public JsonElement Body { get; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public static async Task<LineAnswer> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what is there; the response stays the caller's.</summary>
    public static async Task<LineAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(BodyBytesMax, cancellationToken).ConfigureAwait(false);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new LineAnswer(response.StatusCode, response.Headers, Parse(bytes));
    }

    /// <summary>The answer itself when LINE said yes.</summary>
    /// <exception cref="LineApiException">LINE said anything else.</exception>
    public LineAnswer OrThrow() => IsSuccess ? this : throw Failure();

    /// <summary>LINE's refusal as an exception.</summary>
    public LineApiException Failure()
    {
        var message = Body.Text("message") ?? Body.Text("error_description") ?? Body.Text("error") ?? $"LINE answered {(int)Status} without a message.";
        LineErrorDetail[] details = [.. Body.Items("details").Select(detail => new LineErrorDetail(detail.Text("message") ?? "", detail.Text("property")))];
        return new LineApiException(Status, message, details, Body.Text("error"), RequestId);
    }

    /// <summary>For a 2xx whose body lacks what LINE promises.</summary>
    public LineApiException Unreadable(string expected) => new(Status, $"LINE's answer has no {expected}.", requestId: RequestId);

    public string Required(string name) => Body.Text(name) ?? throw Unreadable(name);

    /// <summary>The body as a type of its own.</summary>
    /// <exception cref="LineApiException">It is none.</exception>
    public T Read<T>(JsonTypeInfo<T> info) where T : class
    {
        try
        {
            return (Body.ValueKind == JsonValueKind.Object ? Body.Deserialize(info) : null) ?? throw new LineApiException(Status, "LINE's answer is no JSON object.", requestId: RequestId);
        }
        catch (JsonException fault)
        {
            throw new LineApiException(Status, $"LINE's answer cannot be read: {fault.Message}", requestId: RequestId);
        }
    }

    /// <summary>A page of texts.</summary>
    public LinePage<string> PageOfTexts(string name) => Body.Array(name) is null ? throw Unreadable(name) : new LinePage<string>(Body.Texts(name), Body.Text("next"));

    /// <summary>A page of user ids.</summary>
    public LinePage<UserId> PageOfUsers(string name)
    {
        var page = PageOfTexts(name);
        return new LinePage<UserId>([.. page.Items.Select(id => UserId.TryParse(id, null, out var user) ? user : throw Unreadable($"user id in {name}"))], page.Next);
    }

    private static JsonElement Parse(byte[] bytes)
    {
        if (bytes.Length == 0)
            return default;

        try
        {
            var reader = new Utf8JsonReader(bytes);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException) // A proxy's HTML page, say. The status still tells; a property that is needed is then missed by name.
        {
            return default;
        }
    }
}
