using System.Net;
using System.Text.Json;

namespace Sandbox.Tests.Support;

/// <summary>An answer of LINE's API, read whole.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string Text, string? RequestId, string? AcceptedRequestId, string? ContentType, byte[] Bytes)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? Message => Json.GetProperty("message").GetString();

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new ApiAnswer(
            response.StatusCode, System.Text.Encoding.UTF8.GetString(bytes), Header(response, "x-line-request-id"), Header(response, "x-line-accepted-request-id"),
            response.Content.Headers.ContentType?.MediaType, bytes);
    }

    public void ShouldBeRefused(HttpStatusCode status, string message)
    {
        Status.ShouldBe(status, Text);
        Message.ShouldBe(message);
        Guid.TryParse(RequestId, out _).ShouldBeTrue("Every answer bears a request id.");
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
