using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using Line;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Owned;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Lists that LINE gives page by page: the caller's own fill pages of their own, so that neither pages nor counts say how much others have.</summary>
/// <remarks>What each page of LINE's loses on the way is the work of <see cref="OwnedThings"/>.</remarks>
internal sealed class ThingLists(IGatewayStore store, Admission admission, UpstreamCall upstream)
{
    private const int PagesMax = 50; // LINE keeps 1000 audiences for a channel, in pages of 40.
    private const int UnitsPerPage = 100;

    /// <summary>GET /v2/bot/audienceGroup/list, and the one of shared audiences.</summary>
    public async Task<FacadeAnswer> AudiencesAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        const int pageSize = 20, pageSizeMax = 40;
        var verdict = await AdmitAsync(call, cancellationToken);
        if (verdict.Account is not { } account)
            return LineErrors.NotAdmitted(verdict);

        var query = QueryHelpers.ParseQuery(call.Query);
        if (NumberIn(query, "page") is not >= 1 || NumberIn(query, "size", pageSize) is not (>= 1 and <= pageSizeMax))
            return await upstream.SendAsync(call, account.Channel, new LineRequest(call.Row) { Query = call.Query }, cancellationToken); // LINE says what it does not like.

        var (page, size) = (NumberIn(query, "page")!.Value, NumberIn(query, "size", pageSize)!.Value);
        var own = new List<JsonNode>();
        for (var at = 1; at <= PagesMax; at++)
        {
            (query["page"], query["size"]) = (Text(at), Text(pageSizeMax));
            var answer = await upstream.RawAsync(call, account.Channel, new LineRequest(call.Row) { Query = QueryString.Create(query).Value! }, cancellationToken);
            if (!answer.Succeeded || JsonNode.Parse(answer.Body) is not JsonObject json)
                return await upstream.ForCallerAsync(call, answer, cancellationToken);

            own.AddRange(((JsonArray?)json["audienceGroups"] ?? []).OfType<JsonNode>());
            if (json["hasNextPage"]?.GetValueKind() != JsonValueKind.True)
                break;
        }

        return Answer(new JsonObject
        {
            ["audienceGroups"] = new JsonArray([.. own.Skip((page - 1) * size).Take(size).Select(audience => audience.DeepClone())]),
            ["hasNextPage"] = own.Count > page * (long)size,
            ["totalCount"] = own.Count,
            ["readWriteAudienceGroupTotalCount"] = own.Count(audience => (string?)audience["permission"] == "READ_WRITE"),
            ["page"] = page,
            ["size"] = size,
        });
    }

    /// <summary>GET /v2/bot/coupon. A cursor of LINE's goes on only when something of the caller's comes behind it.</summary>
    public async Task<FacadeAnswer> CouponsAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        const int pageSize = 20, pageSizeMax = 100;
        var verdict = await AdmitAsync(call, cancellationToken);
        if (verdict.Account is not { } account)
            return LineErrors.NotAdmitted(verdict);

        var query = QueryHelpers.ParseQuery(call.Query);
        if (NumberIn(query, "limit", pageSize) is not (>= 1 and <= pageSizeMax) || NumberIn(query, "limit", pageSize) is not { } limit)
            return await upstream.SendAsync(call, account.Channel, new LineRequest(call.Row) { Query = call.Query }, cancellationToken); // LINE says what it does not like.

        var own = new List<JsonNode>();
        string? next = null;
        for (var at = 0; at < PagesMax; at++)
        {
            // Never more than there is room for: LINE's cursor stands behind a page, and nowhere within. When all is there, one more look says whether to go on.
            var isFull = own.Count == limit;
            query["limit"] = Text(isFull ? pageSizeMax : limit - own.Count);
            var answer = await upstream.RawAsync(call, account.Channel, new LineRequest(call.Row) { Query = QueryString.Create(query).Value! }, cancellationToken);
            if (!answer.Succeeded || JsonNode.Parse(answer.Body) is not JsonObject json)
                return await upstream.ForCallerAsync(call, answer, cancellationToken);

            var items = ((JsonArray?)json["items"] ?? []).OfType<JsonNode>().ToList();
            var after = (string?)json["next"];
            if (isFull && items.Count > 0)
                break;
            if (!isFull)
                own.AddRange(items);
            if (after is null)
            {
                next = null;
                break;
            }

            next = isFull ? next : after;
            query["start"] = after;
        }

        var page = new JsonObject { ["items"] = new JsonArray([.. own.Select(coupon => coupon.DeepClone())]) };
        if (next is not null)
            page["next"] = next;
        return Answer(page);
    }

    /// <summary>GET /v2/bot/message/aggregation/info: LINE's number is of all modules of the account, ours of this one.</summary>
    public async Task<FacadeAnswer> CountUnitsAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        var (verdict, units) = await UnitsAsync(call, cancellationToken);
        return verdict.Account is null ? LineErrors.NotAdmitted(verdict) : Answer(new JsonObject { ["numOfCustomAggregationUnits"] = units.Count });
    }

    /// <summary>GET /v2/bot/message/aggregation/list: its cursor is the last name of the page before.</summary>
    public async Task<FacadeAnswer> ListUnitsAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        var (verdict, units) = await UnitsAsync(call, cancellationToken);
        if (verdict.Account is null)
            return LineErrors.NotAdmitted(verdict);

        var query = QueryHelpers.ParseQuery(call.Query);
        if (NumberIn(query, "limit", UnitsPerPage) is not (>= 1 and <= UnitsPerPage) || NumberIn(query, "limit", UnitsPerPage) is not { } limit)
            return LineErrors.InvalidParameter("limit");

        var after = query.TryGetValue("start", out var start) ? call.Caller.Ids.NameToLine(NameKind.Unit, start.ToString()) : "";
        var rest = units.Where(unit => string.CompareOrdinal(unit, after) > 0).ToList();
        var names = rest.Take(limit).Select(unit => call.Caller.Ids.NameFromLine(NameKind.Unit, unit)).ToList();
        var page = new JsonObject { ["customAggregationUnits"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };
        if (rest.Count > limit)
            page["next"] = names[^1];
        return Answer(page);
    }

    /// <summary>The caller's units of this month as LINE knows them, in order.</summary>
    private Task<(AdmissionVerdict Verdict, List<string> Units)> UnitsAsync(FacadeCall call, CancellationToken cancellationToken) => store.WriteAsync<(AdmissionVerdict, List<string>)>(
        tx =>
        {
            var verdict = admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, []);
            return (verdict, verdict.Account is { } account
                ? [.. tx.Things.Of(call.Caller.Row.Id, account.Channel, ThingKind.Unit, ThingShares.Since(ThingKind.Unit, tx.Now), int.MaxValue).Select(unit => unit.Key.Id).Order(StringComparer.Ordinal)]
                : []);
        },
        cancellationToken);

    private Task<AdmissionVerdict> AdmitAsync(FacadeCall call, CancellationToken cancellationToken) =>
        store.WriteAsync(tx => admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, []), cancellationToken);

    private static int? NumberIn(Dictionary<string, StringValues> query, string name, int? usual = null) =>
        !query.TryGetValue(name, out var values) ? usual : int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static FacadeAnswer Answer(JsonObject json) => new(200, JsonSerializer.SerializeToUtf8Bytes(json));
}
