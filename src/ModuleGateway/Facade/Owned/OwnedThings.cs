using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using ModuleGateway.Linkages;
using ModuleGateway.Owned;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>
/// Divides what LINE keeps per channel: a call may name only what its own linkage made, makes things that are its own from then on, and is shown no others.
/// Which call does what stands in the column <see cref="CallRow.Things"/>.
/// </summary>
/// <remarks>
/// Menus, audiences, coupons and requests go by LINE's own ids, and the table says whose they are. Aliases and units go by names of the module's own, which
/// are mapped: another linkage's cannot be written at all. A menu or audience of which LINE's answer was lost is looked for a minute later (<see cref="LostMakings"/>); what is not found then is nobody's.
/// </remarks>
internal sealed partial class OwnedThings(IGatewayStore store, UpstreamIds ids, LostMakings lost) : ICallStep
{
    private const int ListMax = 10_000;

    /// <summary>What a call names.</summary>
    /// <param name="Text">As the module wrote it.</param>
    /// <param name="Id">As the table has it; null for what LINE cannot have made.</param>
    /// <param name="Path">Finds out where it was written: asked of the one that is refused, for it takes a walk through the body.</param>
    private sealed record NamedThing(ThingPlace Place, string Text, string? Id, Func<string> Path);

    public async ValueTask<FacadeAnswer?> BeforeAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        if (call.Row.Things.Count == 0)
            return null;

        var named = new List<NamedThing>();
        ReadPath(call, request, named);
        ReadQuery(call, request, named);
        if (request.Body is { } body && !TryReadBody(call, request, body, named))
            return LineErrors.NotJson;
        if (await RefusalAsync(call, request, named, cancellationToken) is { } refusal)
            return refusal;

        if (call.Row.Things.FirstOrDefault(place => place.Where == ThingWhere.File) is { } file && request.Content is not null)
            return AudienceFile.Begin(call, request, file, ids, (id, token) => IsOwnAsync(call, request, file.Kind, id, token));
        return null;
    }

    public async ValueTask<UpstreamAnswer> AfterAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken)
    {
        if (request.Content is AudienceFile { Refusal: { } refusal })
            return UpstreamAnswer.Refused(refusal.Status, refusal.Body.ToArray(), refusal.ContentType); // LINE did not get its end, and so nothing.

        await RecordAsync(call, request, answer, cancellationToken);
        foreach (var place in call.Row.Things.Where(place => answer.Succeeded && place.Where is ThingWhere.Answer or ThingWhere.List))
        {
            if (place.Where == ThingWhere.List)
            {
                if (await OnlyOwnAsync(call, request, place, answer.Body, cancellationToken) is not { } own)
                    return UpstreamAnswer.Refused(LineErrors.ListUnreadable.Status, LineErrors.ListUnreadable.Body.ToArray(), LineErrors.ListUnreadable.ContentType);
                answer = answer with { Body = own };
            }
            else if (ThingFields.TopLevel(answer.Body, place.Name) is not { } id || !await IsOwnAsync(call, request, place.Kind, id, cancellationToken))
            {
                var unknown = place.Unknown("", place.Name);
                return UpstreamAnswer.Refused(unknown.Status, unknown.Body.ToArray(), unknown.ContentType);
            }
        }

        return answer;
    }

    private static void ReadPath(FacadeCall call, LineRequest request, List<NamedThing> named)
    {
        foreach (var place in call.Row.Things.Where(place => place.Where == ThingWhere.Path))
        {
            var text = request.Values[place.Name];
            if (NameKindOf(place.Kind) is { } kind)
            {
                request.Values[place.Name] = call.Caller.Ids.NameToLine(kind, text);
                continue;
            }

            named.Add(new NamedThing(place, text, IdOf(place.Kind, text), () => place.Name));
            request.Values[place.Name] = named[^1].Id ?? text;
        }
    }

    private static void ReadQuery(FacadeCall call, LineRequest request, List<NamedThing> named)
    {
        foreach (var place in call.Row.Things.Where(place => place.Where == ThingWhere.Query))
        {
            var query = QueryHelpers.ParseQuery(request.Query);
            if (!query.TryGetValue(place.Name, out var values))
                continue; // LINE says what it misses.

            if (NameKindOf(place.Kind) is { } kind)
            {
                query[place.Name] = Array.ConvertAll(values.ToArray(), text => call.Caller.Ids.NameToLine(kind, text ?? ""));
                request.Query = QueryString.Create(query).Value!;
                continue;
            }

            named.AddRange(values.Select(text => new NamedThing(place, text ?? "", IdOf(place.Kind, text ?? ""), () => place.Name)));
        }
    }

    private static bool TryReadBody(FacadeCall call, LineRequest request, ReadOnlyMemory<byte> body, List<NamedThing> named)
    {
        var places = call.Row.Things.Where(place => place.Where == ThingWhere.Body).ToDictionary(place => place.Name);
        if (places.Count == 0)
            return true;
        if (ThingFields.Find(body.Span, places.Keys) is not { } fields)
            return false;

        var replacements = new List<(ThingField Field, string? Text)>();
        foreach (var field in fields)
        {
            var place = places[field.Name];
            if (NameKindOf(place.Kind) is not { } kind)
                named.Add(new NamedThing(place, field.Text, IdOf(place.Kind, field.Text), () => ThingFields.PathOf(body.Span, field)));
            else if (field.IsString)
                replacements.Add((field, call.Caller.Ids.NameToLine(kind, field.Text)));
        }

        request.Body = ThingFields.Replace(body, replacements);
        return true;
    }

    /// <summary>Somebody else's is refused as what does not exist; one more than the module's share is refused too, and an aggregation unit too many left out, as LINE does.</summary>
    private async Task<FacadeAnswer?> RefusalAsync(FacadeCall call, LineRequest request, IReadOnlyList<NamedThing> named, CancellationToken cancellationToken)
    {
        var made = call.Row.Things.FirstOrDefault(place => place.Where is ThingWhere.Made && ThingShares.IsCapped(place.Kind));
        var units = UnitsIn(call, request);
        if (named.Count == 0 && made is null && units.Count == 0)
            return null;

        var once = named.DistinctBy(one => (one.Place, one.Id)).ToList(); // A body may say the same a hundred thousand times.
        var (unknown, isFull, leftOut) = await store.ReadAsync(
            tx =>
            {
                if (once.Find(one => one.Id is null || !IsOwn(tx, call, request, one.Place.Kind, one.Id)) is { } first)
                    return (first, false, false);
                if (made is not null && IsFull(tx, call, request, made.Kind))
                    return (null, true, false);
                return ((NamedThing?)null, false, units is [{ IsInList: true } unit] && !IsSentThisMonth(tx, call, request, unit.Text) && IsFull(tx, call, request, ThingKind.Unit));
            },
            cancellationToken);
        if (leftOut)
            request.Body = ThingFields.Replace(request.Body!.Value, [(units[0], null)]);
        return isFull ? LineErrors.NoMore(made!.Kind) : unknown?.Place.Unknown(unknown.Text, unknown.Path());
    }

    private async Task RecordAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken)
    {
        var mine = new List<(ThingKind Kind, string Id)>();
        var gone = new List<(ThingKind Kind, string Id)>();
        foreach (var place in call.Row.Things)
        {
            switch (place.Where)
            {
                case ThingWhere.Made when place.Kind == ThingKind.RichMenuAlias:
                    if ((answer.Succeeded || answer.Status == 0) && ThingFields.Find(request.Body!.Value.Span, [place.Name]) is [var alias])
                        mine.Add((place.Kind, alias.Text)); // The name is the module's alone: it is recorded even where LINE's answer was lost.
                    break;
                case ThingWhere.Made when place.Name.Length > 0:
                    if (answer.Succeeded && ThingFields.TopLevel(answer.Body, place.Name) is { } made && IdOf(place.Kind, made) is { } id)
                        mine.Add((place.Kind, id));
                    else if (!answer.WasRefused)
                        lost.Add(request.Channel, call.Bot, place.Kind, call.Caller.Row.Id, AskedIn(request, place.Kind));
                    break;
                case ThingWhere.Made:
                    if ((answer.Succeeded ? answer.RequestId : answer.AcceptedRequestId) is { Length: > 0 } requestId && IdOf(place.Kind, requestId) is { } sending)
                        mine.Add((place.Kind, sending));
                    break;
                case ThingWhere.Gone when answer.Succeeded || answer.Status == 404:
                    gone.Add((place.Kind, request.Values[place.Name]));
                    break;
                case ThingWhere.Path when answer.Succeeded && place.Kind == ThingKind.RichMenuAlias && !call.Row.Things.Any(other => other.Where == ThingWhere.Gone):
                    mine.Add((place.Kind, request.Values[place.Name]));
                    break;
                default:
                    break;
            }
        }

        if (answer.Succeeded || answer.Status == 0)
            mine.AddRange(UnitsIn(call, request).Select(unit => (ThingKind.Unit, unit.Text)));
        if (mine.Count + gone.Count == 0)
            return;

        await store.WriteAsync(
            tx =>
            {
                foreach (var (kind, id) in mine.Where(one => IsPlausible().IsMatch(one.Id)))
                {
                    // A unit counts by when it was last sent. All else is as old as it is, however often it is looked at.
                    if (kind == ThingKind.Unit || !IsOwn(tx, call, request, kind, id))
                        tx.Things.Put(new ThingRow(KeyOf(call, request, kind, id), call.Caller.Row.Id, tx.Now));
                }

                foreach (var (kind, id) in gone)
                    tx.Things.Remove(KeyOf(call, request, kind, id));
                if (mine.Count > 0 && tx.Control.Linkage(call.Caller.Row.Id) is { State: LinkageState.Ended } maker)
                    LeavingThings.Leave(tx, maker.Id, tx.Now); // It ended while LINE made this.
                return true;
            },
            cancellationToken);
    }

    /// <summary>What LINE may have made a thing of; null where nothing of it can be found again in LINE's list.</summary>
    private static JsonObject? AskedIn(LineRequest request, ThingKind kind) => kind switch
    {
        ThingKind.RichMenu or ThingKind.Audience when request.Content is AudienceFile { Description: { } description } => new JsonObject { ["description"] = description },
        ThingKind.RichMenu or ThingKind.Audience when request.Body is { } body => LostMakings.Parse(body),
        _ => null,
    };

    /// <summary>Null: it is no JSON, and might name others' things.</summary>
    private async Task<byte[]?> OnlyOwnAsync(FacadeCall call, LineRequest request, ThingPlace place, byte[] body, CancellationToken cancellationToken)
    {
        var own = (await store.ReadAsync(tx => tx.Things.Of(call.Caller.Row.Id, request.Channel, place.Kind, DateTimeOffset.UnixEpoch, ListMax), cancellationToken))
            .Select(thing => thing.Key.Id).ToHashSet(StringComparer.Ordinal);
        try
        {
            return ThingFields.Filter(body, place.Name, IdNameOf(place.Kind), own.Contains).ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task<bool> IsOwnAsync(FacadeCall call, LineRequest request, ThingKind kind, string text, CancellationToken cancellationToken) =>
        IdOf(kind, text) is { } id ? store.ReadAsync(tx => IsOwn(tx, call, request, kind, id), cancellationToken) : Task.FromResult(false);

    private static bool IsOwn(IGatewayTransaction tx, FacadeCall call, LineRequest request, ThingKind kind, string id) =>
        tx.Things.Find(KeyOf(call, request, kind, id))?.Linkage == call.Caller.Row.Id;

    private static bool IsFull(IGatewayTransaction tx, FacadeCall call, LineRequest request, ThingKind kind) =>
        tx.Things.Count(call.Caller.Row.Id, request.Channel, kind, ThingShares.Since(kind, tx.Now)) >= ThingShares.Of(tx, call.Bot);

    private static bool IsSentThisMonth(IGatewayTransaction tx, FacadeCall call, LineRequest request, string unit) =>
        tx.Things.Find(KeyOf(call, request, ThingKind.Unit, unit)) is { } seen && seen.At >= ThingShares.Since(ThingKind.Unit, tx.Now);

    /// <summary>The units that the request says, as LINE will know them.</summary>
    private static IReadOnlyList<ThingField> UnitsIn(FacadeCall call, LineRequest request) =>
        request.Body is { } body && call.Row.Things.FirstOrDefault(place => place is { Kind: ThingKind.Unit, Where: ThingWhere.Body }) is { } place ? ThingFields.Find(body.Span, [place.Name]) ?? [] : [];

    private static ThingKey KeyOf(FacadeCall call, LineRequest request, ThingKind kind, string id) => new(request.Channel, call.Bot, kind, id);

    /// <summary>As the table has it; null for what LINE cannot have made. LINE reads a number with leading zeros, or in a string, like any other.</summary>
    private static string? IdOf(ThingKind kind, string text) => kind switch
    {
        ThingKind.Audience => text.Length is > 0 and < 20 && text.All(char.IsAsciiDigit) ? text.TrimStart('0') : null,
        _ => IsPlausible().IsMatch(text) ? text : null,
    };

    private static NameKind? NameKindOf(ThingKind kind) => kind switch { ThingKind.RichMenuAlias => NameKind.Alias, ThingKind.Unit => NameKind.Unit, _ => null };

    private static string IdNameOf(ThingKind kind) => kind switch
    {
        ThingKind.RichMenu => "richMenuId",
        ThingKind.RichMenuAlias => "richMenuAliasId",
        ThingKind.Audience => "audienceGroupId",
        _ => "couponId",
    };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex IsPlausible();
}
