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

    /// <summary>Demands 200 (or another) with LINE's empty object.</summary>
    public void ShouldBeEmpty(HttpStatusCode status = HttpStatusCode.OK)
    {
        Status.ShouldBe(status, Text);
        Text.ShouldBe("{}");
    }

    /// <summary>Demands a refusal of the body that names these faults, and no others, as "property: message".</summary>
    public void ShouldBeFaulty(params string[] faults)
    {
        ShouldBeRefused(HttpStatusCode.BadRequest, $"The request body has {faults.Length} error(s)");
        Json.GetProperty("details").EnumerateArray().Select(detail => $"{detail.GetProperty("property")}: {detail.GetProperty("message")}").ShouldBe(faults);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
