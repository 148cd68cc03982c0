using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.Audiences;

/// <summary><c>/v2/bot/audienceGroup/upload</c>: audiences of user ids, as JSON and as a file with one id to a line.</summary>
internal sealed class AudienceUploads(AudienceBook book, ScopedIds ids, TimeProvider clock)
{
    private const int JsonIdsMax = 10_000;
    private const int FileIdsMax = 1_500_000;
    private const int RunningJobsMax = 10;
    private const long FileBytesMax = 128L * 1024 * 1024; // 1.5 million ids of 68 characters with their line ends are 103 MB.

    public LineAnswer Create(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        if (!TryIds(body, out var given))
            return LineErrors.InvalidProperty("audiences");
        if (body.TryGetProperty("uploadDescription", out var upload) && upload.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            return LineErrors.InvalidProperty("uploadDescription");

        if (body.TryGetProperty("isIfaAudience", out var isIfa) && isIfa.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
            return LineErrors.InvalidProperty("isIfaAudience");

        return Create(call, Text(body, "description"), isIfa.ValueKind == JsonValueKind.True, Text(body, "uploadDescription"), given, JsonIdsMax);
    }

    public LineAnswer Add(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        if (!TryIds(body, out var given))
            return LineErrors.InvalidProperty("audiences");
        if (body.TryGetProperty("uploadDescription", out var upload) && upload.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            return LineErrors.InvalidProperty("uploadDescription");

        var id = body.TryGetProperty("audienceGroupId", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var parsed) ? parsed : (long?)null;
        return Add(call, id, Text(body, "uploadDescription"), given, JsonIdsMax);
    }

    public async Task<LineAnswer> CreateByFileAsync(ApiCall call) =>
        await ReadAsync(call) is not var (form, given) ? LineErrors.MediaType
        : given.Count == 0 ? AudienceErrors.NoValidIds
        : Create(call, form["description"], string.Equals(form["isIfaAudience"], "true", StringComparison.OrdinalIgnoreCase), form["uploadDescription"], given, FileIdsMax);

    public async Task<LineAnswer> AddByFileAsync(ApiCall call) =>
        await ReadAsync(call) is not var (form, given)
            ? LineErrors.MediaType
            : Add(call, long.TryParse(form["audienceGroupId"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, form["uploadDescription"], given, FileIdsMax);

    private LineAnswer Create(ApiCall call, string? description, bool isIfa, string? uploadDescription, IReadOnlyList<string> given, int idsMax)
    {
        if ((AudienceCalls.NameFault(description) ?? Fault(call, isIfa, uploadDescription, given, idsMax)) is { } refusal)
            return refusal;
        if (book.CountOf(call.Channel, call.Account.BotId) >= AudienceBook.PerChannelMax)
            return AudienceErrors.CountMaxOver;

        var audience = new Audience(
            book.NewId(), call.Channel.Id, call.Account.BotId, AudienceType.Upload, description!, isIfa, RequestId: null, ClickUrl: null, clock.GetUtcNow(), [], 0, IsReady: false, FailedType: null, []);
        book.Add(audience);
        if (given.Count > 0) // An audience without anybody never becomes ready.
            book.Upload(audience, Job(call, isIfa, uploadDescription, given));
        return LineAnswer.Of(202, audience.Created());
    }

    private LineAnswer Add(ApiCall call, long? id, string? uploadDescription, IReadOnlyList<string> given, int idsMax)
    {
        if (id is null || book.Find(call.Account.BotId, id.Value) is not { Type: AudienceType.Upload } audience || audience.ChannelId != call.Channel.Id)
            return AudienceErrors.NotFound;
        if (audience.ExpiresAt <= clock.GetUtcNow())
            return AudienceErrors.CannotUploadExpired;
        if (given.Count == 0)
            return AudienceErrors.NoValidIds;
        if (Fault(call, audience.IsIfaAudience, uploadDescription, given, idsMax) is { } refusal)
            return refusal;
        if (audience.Jobs.Count(job => job.CompletedAt is null) >= RunningJobsMax)
            return LineErrors.RateLimit;

        book.Upload(audience, Job(call, audience.IsIfaAudience, uploadDescription, given));
        return LineAnswer.Of(202, new { });
    }

    private static LineAnswer? Fault(ApiCall call, bool isIfa, string? uploadDescription, IReadOnlyList<string> given, int idsMax) =>
        uploadDescription?.Length > 300 ? AudienceErrors.UploadDescriptionSizeOver
        : given.Count > idsMax ? AudienceErrors.TooManyIds
        : given.All(id => isIfa ? Guid.TryParseExact(id, "D", out _) : ScopedIds.IsWellFormed(call.Channel, call.Account.BotId, id)) ? null
        : AudienceErrors.InvalidIdFormat;

    private AudienceJob Job(ApiCall call, bool isIfa, string? description, IReadOnlyList<string> given)
    {
        var distinct = given.Distinct(StringComparer.Ordinal).ToList();
        var members = isIfa ? [] : distinct.Select(id => ids.TryFind(call.Channel, call.Account.BotId, id, out var person) ? person.Id : null).OfType<string>().ToList();
        return new AudienceJob(book.NewId(), description, members, distinct.Count, isIfa ? 0 : distinct.Count - members.Count, clock.GetUtcNow());
    }

    private static async Task<(IFormCollection Form, IReadOnlyList<string> Given)?> ReadAsync(ApiCall call)
    {
        if (!call.Request.HasFormContentType)
            return null;
        if (call.Request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = FileBytesMax;

        var form = await call.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = FileBytesMax }, call.Gone);
        if (form.Files.GetFile("file") is not { } file || file.ContentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) != true)
            return null;

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        var given = new List<string>();
        while (await reader.ReadLineAsync(call.Gone) is { } line)
        {
            if (line.Trim() is { Length: > 0 } id)
                given.Add(id);
            if (given.Count > FileIdsMax)
                break; // One too many says it.
        }

        return (form, given);
    }

    private static bool TryIds(JsonElement body, out List<string> given)
    {
        given = [];
        if (!body.TryGetProperty("audiences", out var audiences))
            return true;
        if (audiences.ValueKind != JsonValueKind.Array)
            return false;

        foreach (var one in audiences.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
                return false;
            given.Add(id.GetString()!);
        }

        return true;
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
