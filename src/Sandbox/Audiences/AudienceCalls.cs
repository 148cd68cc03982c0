using System.Globalization;
using System.Text.Json;
using Sandbox.Api;
using Sandbox.Messaging;
using Sandbox.Statistics;

namespace Sandbox.Audiences;

/// <summary><c>/v2/bot/audienceGroup</c>: audiences by click and impression; names, reads, lists, deletes.</summary>
internal sealed class AudienceCalls(AudienceBook book, SendLog sent, TimeProvider clock)
{
    private const int NameLengthMax = 120;
    private const int UrlLengthMax = 2000;
    private const int SizeMax = 40;
    private static readonly TimeSpan MessageAgeMax = TimeSpan.FromDays(60);

    public static LineAnswer? NameFault(string? description) =>
        string.IsNullOrEmpty(description) ? AudienceErrors.NameEmpty
        : description.Length > NameLengthMax ? AudienceErrors.NameSizeOver
        : description.Any(char.IsControl) ? AudienceErrors.NameWrong
        : null;

    /// <summary>Makes an audience of those who saw a broadcast or narrowcast, or opened a link of it.</summary>
    public LineAnswer Retarget(ApiCall call, AudienceType type)
    {
        var check = new BodyCheck();
        var requestId = check.Text(call.BodyOrEmpty, "", "requestId", 100);
        var clickUrl = type == AudienceType.Click ? check.Text(call.BodyOrEmpty, "", "clickUrl", UrlLengthMax, isRequired: false) : null;
        if ((NameFault(Description(call)) ?? check.Refusal ?? RequestFault(call, requestId!)) is { } refusal)
            return refusal;
        if (type == AudienceType.Imp && book.Of(call.Account.BotId).Any(audience => audience.Type == AudienceType.Imp && audience.RequestId == requestId))
            return AudienceErrors.RequestIdDuplicate;
        if (book.CountOf(call.Channel, call.Account.BotId) >= AudienceBook.PerChannelMax)
            return AudienceErrors.CountMaxOver;

        var made = new Audience(
            book.NewId(), call.Channel.Id, call.Account.BotId, type, Description(call)!, IsIfaAudience: false, requestId, clickUrl is "" ? null : clickUrl, clock.GetUtcNow(), [], 0, IsReady: false, FailedType: null, []);
        book.Add(made);
        return LineAnswer.Of(202, made.Created());
    }

    public LineAnswer Rename(ApiCall call)
    {
        if (Own(call) is not { } audience)
            return AudienceErrors.NotFound;
        if (NameFault(Description(call)) is { } refusal)
            return refusal;

        book.Rename(audience, Description(call)!);
        return LineAnswer.Empty;
    }

    /// <summary>202 as the reference says; LINE's OpenAPI file says 200.</summary>
    public LineAnswer Delete(ApiCall call)
    {
        if (Own(call) is not { } audience)
            return AudienceErrors.NotFound;

        book.Remove(audience);
        return LineAnswer.Of(202, new { });
    }

    public LineAnswer Get(ApiCall call)
    {
        if (Named(call) is not { } audience)
            return AudienceErrors.NotFound;

        var now = clock.GetUtcNow();
        return LineAnswer.Ok(new { audienceGroup = audience.View(call.Channel, now), jobs = audience.Jobs.Select(job => job.View(audience.Id, now)) });
    }

    public LineAnswer List(ApiCall call)
    {
        var includesOthers = !string.Equals(call.Query("includesExternalPublicGroups"), "false", StringComparison.OrdinalIgnoreCase);
        return List(call, book.Of(call.Account.BotId).Where(audience => includesOthers || audience.ChannelId == call.Channel.Id));
    }

    /// <summary>What a Business Manager shares, which nobody here has; and, if asked, the account's own.</summary>
    public LineAnswer SharedList(ApiCall call) =>
        List(call, string.Equals(call.Query("includesOwnedAudienceGroups"), "true", StringComparison.OrdinalIgnoreCase) ? book.Of(call.Account.BotId) : []);

    private LineAnswer List(ApiCall call, IEnumerable<Audience> all)
    {
        if (!int.TryParse(call.Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page < 1)
            return LineErrors.InvalidParameter("page");

        var size = 20;
        if (call.Query("size") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > SizeMax))
            return LineErrors.InvalidParameter("size");

        var now = clock.GetUtcNow();
        var matching = all.Where(audience =>
            (call.Query("description") is not { } part || audience.Description.Contains(part, StringComparison.OrdinalIgnoreCase))
            && (call.Query("status") is not { } status || audience.Status(now) == status)
            && call.Query("createRoute") is null or "MESSAGING_API").ToList();
        return LineAnswer.Ok(new
        {
            audienceGroups = matching.Skip((page - 1) * size).Take(size).Select(audience => audience.View(call.Channel, now)),
            hasNextPage = matching.Count > (long)page * size,
            totalCount = matching.Count,
            readWriteAudienceGroupTotalCount = matching.Count(audience => audience.ChannelId == call.Channel.Id),
            page,
            size,
        });
    }

    private LineAnswer? RequestFault(ApiCall call, string requestId) =>
        sent.Find(requestId) is not { Kind: SendKind.Broadcast or SendKind.Narrowcast } request ? AudienceErrors.RequestNotFound
        : request.BotId != call.Account.BotId ? AudienceErrors.WrongBotId
        : clock.GetUtcNow() - request.At > MessageAgeMax ? AudienceErrors.TooOldMessages
        : null;

    private Audience? Named(ApiCall call) =>
        long.TryParse(call.Route("audienceGroupId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? book.Find(call.Account.BotId, id) : null;

    private Audience? Own(ApiCall call) => Named(call) is { } audience && audience.ChannelId == call.Channel.Id ? audience : null;

    private static string? Description(ApiCall call) =>
        call.BodyOrEmpty.TryGetProperty("description", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
