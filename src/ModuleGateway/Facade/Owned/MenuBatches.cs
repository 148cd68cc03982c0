using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using ModuleGateway.Owned;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>A batch over the rich menus of users says "all" only of the caller's own menus, and its key for resuming is the caller's own.</summary>
internal sealed partial class MenuBatches(IGatewayStore store) : ICallStep
{
    private const string ProgressPath = "/v2/bot/richmenu/progress/batch";

    public async ValueTask<FacadeAnswer?> BeforeAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        switch (call.Row.Path)
        {
            case "/v2/bot/richmenu/batch" or "/v2/bot/richmenu/validate/batch":
                try
                {
                    return await NarrowAsync(call, request, request.Body!.Value, cancellationToken);
                }
                catch (InvalidOperationException)
                {
                    return LineErrors.NotJson; // A string that is no text.
                }

            case ProgressPath:
                return await OwnProgressAsync(call, request, cancellationToken);
            default:
                return null;
        }
    }

    public ValueTask<UpstreamAnswer> AfterAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken) => ValueTask.FromResult(answer);

    private async Task<FacadeAnswer?> NarrowAsync(FacadeCall call, LineRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (RequestFields.IsTwice(body.Span, "operations"))
            return LineErrors.SaidTwice("operations");

        if (!IsKeyFit(body))
            return LineErrors.InvalidProperty("resumeRequestKey", "invalid property"); // Ours always fits: LINE would not see what is wrong.
        if (ThingFields.Find(body.Span, ["resumeRequestKey"]) is { Count: > 0 } keys)
            request.Body = body = ThingFields.Replace(body, [.. keys.Where(key => key.IsString).Select(key => (key, (string?)KeyFor(call, key.Text)))]);

        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty("operations", out var operations) || operations.ValueKind != JsonValueKind.Array || !operations.EnumerateArray().Any(IsForAll))
            return null;
        if (operations.GetArrayLength() > 1 || operations[0].EnumerateObject().Count(property => property.NameEquals("type")) > 1)
            return LineErrors.InvalidProperty("operations[0].type", "unlinkAll must be the only operation");

        var own = await store.ReadAsync(tx => tx.Things.Of(call.Caller.Row.Id, request.Channel, ThingKind.RichMenu, DateTimeOffset.UnixEpoch, int.MaxValue), cancellationToken);
        if (own.Count == 0)
            return FacadeAnswer.Empty with { Status = call.Row.Path.EndsWith("/validate/batch", StringComparison.Ordinal) ? 200 : 202, RequestId = NewRequestId() };

        request.Body = WithOperations(body, own.Select(menu => menu.Key.Id));
        return null;
    }

    /// <summary>A batch over no menu at all was done when it was asked for: LINE knows nothing of it.</summary>
    private async Task<FacadeAnswer?> OwnProgressAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        if (!QueryHelpers.ParseQuery(request.Query).TryGetValue("requestId", out var values) || values is not [{ } id] || !Guid.TryParse(id, out var guid) || guid.Version != OwnVersion)
            return null;

        var made = await store.ReadAsync(tx => tx.Things.Find(new ThingKey(request.Channel, call.Bot, ThingKind.Batch, id)), cancellationToken);
        return made is null ? LineErrors.NotFound : new FacadeAnswer(200, JsonSerializer.SerializeToUtf8Bytes(new { phase = "succeeded", acceptedTime = InUtc(made.At), completedTime = InUtc(made.At) }));
    }

    private const int OwnVersion = 8; // Of UUIDs that are made by a rule of one's own; LINE's are random.

    private static string NewRequestId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | (OwnVersion << 4));
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private static string InUtc(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsForAll(JsonElement operation) => operation.ValueKind == JsonValueKind.Object
        && operation.EnumerateObject().Any(property => property.NameEquals("type") && property.Value.ValueKind == JsonValueKind.String && property.Value.ValueEquals("unlinkAll"));

    private static ReadOnlyMemory<byte> WithOperations(ReadOnlyMemory<byte> body, IEnumerable<string> menus)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 1024);
        var reader = new Utf8JsonReader(body.Span);
        while (!(reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("operations"u8)))
            reader.Read();
        output.Write(body.Span[..(int)reader.BytesConsumed]);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(menus.Select(menu => new { type = "unlink", from = menu })));
        reader.Read();
        reader.Skip();
        output.Write(body.Span[(int)reader.BytesConsumed..]);
        return output.WrittenMemory;
    }

    private static bool IsKeyFit(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return !json.RootElement.TryGetProperty("resumeRequestKey", out var key) || key.ValueKind == JsonValueKind.Null || (key.ValueKind == JsonValueKind.String && ResumeKey().IsMatch(key.GetString()!));
    }

    /// <summary>LINE resumes what another request with the same key began: no two linkages may have one.</summary>
    private static string KeyFor(FacadeCall call, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Caller.Row.Id.Value:N}|{key}")));

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,100}\z")]
    private static partial Regex ResumeKey();
}
