using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BadInput;

/// <summary>A way to spoil a request; null where it does not apply to this one.</summary>
internal delegate BadRequest? Mutation(Sample sample);

/// <summary>Makes bad requests of valid ones. What must become of each follows from how it was made.</summary>
internal sealed partial class Mutations(Stage stage, Random random)
{
    private const int TargetCharsMax = 8000; // The web server takes request lines of 8 KB.

    private readonly JsonTricks _json = new(random);
    private readonly HttpTricks _http = new(stage, random);

    private IReadOnlyList<Mutation> All =>
        [.. _json.All, .. _http.All, ForeignId, ForeignId, ForeignId, ForeignId, BadField, BadField, OddField, BadForm, BadAssertion, BadAssertion, BadAssertion, BadAssertion];

    /// <summary>The next ones for a call: one of each way that applies, in an order of chance.</summary>
    public IEnumerable<BadRequest> Of(Func<Sample> fresh)
    {
        var ways = All.ToArray();
        random.Shuffle(ways);
        foreach (var way in ways)
        {
            if (way(fresh()) is { } bad && (bad.Fate != Fate.MayPass || !bad.Sample.Consumes))
                yield return bad.Request.Target.Length < TargetCharsMax && bad.Request.Headers.All(line => Ascii.IsValid(line)) ? bad : bad with { Fate = Fate.NoHttp };
        }
    }

    // Ids and things.

    /// <summary>One of the caller's own in path, query or body, and somebody else's in its place.</summary>
    private BadRequest? ForeignId(Sample sample)
    {
        if (sample.IsToken)
            return null;
        var body = sample.Json is null ? "" : sample.Json.ToJsonString();
        var written = stage.Caller.Owns.Where(own => Holds(sample, body, own.Key, own.Value)).ToList();
        if (written.Count == 0)
            return null;

        var (kind, mine) = written[random.Next(written.Count)];
        var theirs = Foreign(kind == "video" ? "message" : kind == "menu2" ? "menu" : kind);
        var (name, id) = theirs[random.Next(theirs.Count)];
        var target = sample.Request.Target.Replace(Uri.EscapeDataString(mine), Uri.EscapeDataString(id), StringComparison.Ordinal);
        // An alias, like a unit, is a name within the caller's own: another's can be written, and is its own then.
        if (target == "" || (kind is "alias" or "unit" && !target.Contains(Uri.EscapeDataString(id), StringComparison.Ordinal)))
            return null;
        var request = sample.Request with { Target = target, Body = sample.Json is null ? sample.Request.Body : Encoding.UTF8.GetBytes(body.Replace(kind == "audience" ? mine : Quoted(mine), kind == "audience" ? id : Quoted(id), StringComparison.Ordinal)) };
        return new BadRequest(sample, $"{kind}: {name}", request, Fate.WithoutEffect);
    }

    private static bool Holds(Sample sample, string body, string kind, string value) =>
        sample.Request.Target.Contains(Uri.EscapeDataString(value), StringComparison.Ordinal) || body.Contains(kind == "audience" ? value : Quoted(value), StringComparison.Ordinal);

    private List<(string Name, string Id)> Foreign(string kind)
    {
        var all = new List<(string, string)>();
        if (stage.Neighbour.Owns.TryGetValue(kind, out var neighbours))
            all.Add(("another module's of the same account", neighbours));
        if (stage.Stranger.Owns.TryGetValue(kind, out var strangers))
            all.Add(("another account's", strangers));
        if (kind == "user")
            all.AddRange([("LINE's own", stage.LineUserId), ("LINE's own without its end", stage.LineUserId.Split('-')[0][1..]), ("the bot", stage.Caller.Access.BotId.ToString()), ("capitals", stage.Caller.Owns["user"].ToUpperInvariant())]);
        if (kind is "user" or "group" or "room")
            all.AddRange([("nobody's", Digits().Replace(stage.Caller.Owns[kind], Convert.ToHexStringLower(Bytes(16)), 1)), ("cut", stage.Caller.Owns[kind][..^1])]);
        all.AddRange([("SQL", "' OR '1'='1"), ("made up", kind switch { "menu" => "richmenu-" + Convert.ToHexStringLower(Bytes(16)), "audience" => "9007199254740993", _ => Guid.NewGuid().ToString() })]);
        if (kind == "audience")
            all.RemoveAll(one => one.Item2.StartsWith('\''));
        return all;
    }

    // Token endpoints.

    private BadRequest? BadField(Sample sample)
    {
        if (sample.Form is not { } fields)
            return null;
        var changed = fields.ToList();
        var at = random.Next(changed.Count);
        changed[at] = (changed[at].Name, Any("", "x", "\0", new string('9', 4000), "' OR '1'='1", "\u00e9\ud83d\ude00", stage.LineToken, stage.Neighbour.Access.ChannelSecret, stage.Neighbour.Access.ChannelId));
        return new BadRequest(sample, "field " + changed[at].Name, Samples.Filled(sample.Request, changed), sample.Name.EndsWith("/revoke", StringComparison.Ordinal) ? Fate.WithoutEffect : Fate.Refused);
    }

    private BadRequest? OddField(Sample sample)
    {
        if (sample.Form is not { } fields)
            return null;
        var changed = fields.ToList();
        var at = random.Next(changed.Count);
        switch (random.Next(3))
        {
            case 0:
                changed.RemoveAt(at);
                break;
            case 1:
                changed.Insert(at, (changed[at].Name, "another"));
                break;
            default:
                changed.Add((Any("unknown", "scope", ""), "x"));
                break;
        }

        return new BadRequest(sample, "other fields", Samples.Filled(sample.Request, changed), sample.Name.EndsWith("/revoke", StringComparison.Ordinal) ? Fate.WithoutEffect : Fate.MayPass);
    }

    private BadRequest? BadForm(Sample sample) => sample.Form is null || sample.Request.Method == "GET" ? null : random.Next(5) switch
    {
        0 => new BadRequest(sample, "form as JSON", sample.Request.With("Content-Type", "application/json") with { Body = "{\"grant_type\":\"client_credentials\"}"u8.ToArray() }, Fate.Refused),
        1 => new BadRequest(sample, "too many fields", sample.Request with { Body = Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 2000).Select(i => $"a{i}=1"))) }, Fate.Refused),
        2 => new BadRequest(sample, "multipart without an end", sample.Request.With("Content-Type", "multipart/form-data; boundary=b") with { Body = "--b\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nclient"u8.ToArray() }, Fate.Refused),
        3 => new BadRequest(sample, "a field of 5 MB", sample.Request with { Body = Encoding.ASCII.GetBytes("grant_type=" + new string('a', 5_000_000)) }, Fate.Refused),
        _ => new BadRequest(sample, "no form", sample.Request.With("Content-Type", Any("text/plain", "", "multipart/form-data", "application/x-www-form-urlencoded; charset=utf-7")) with { Body = [0xff, 0x00, 0x26, 0x3d] }, Fate.Refused),
    };

    private BadRequest? BadAssertion(Sample sample)
    {
        if (sample.Form is not { } fields || fields.All(field => field.Name != "client_assertion"))
            return null;
        var (name, make) = Assertions.Tricks[random.Next(Assertions.Tricks.Count)];
        var changed = fields.Select(field => field.Name == "client_assertion" ? (field.Name, make(stage)) : field);
        var request = Samples.Filled(sample.Request, changed);
        return new BadRequest(sample, "assertion: " + name, request, Fate.Refused);
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private string Any(params string[] choices) => choices[random.Next(choices.Length)];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Digits();
}
