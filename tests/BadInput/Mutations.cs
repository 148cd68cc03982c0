using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModuleGateway.Facade;

namespace BadInput;

/// <summary>Makes bad requests of valid ones. What must become of each follows from how it was made.</summary>
internal sealed partial class Mutations(Stage stage, Random random)
{
    private const int DepthMax = 10_000;
    private const int TargetCharsMax = 8000; // The web server takes request lines of 8 KB.
    private const int BodyBytesMax = 2 * 1024 * 1024;

    /// <summary>A way to spoil a request; null where it does not apply to this one.</summary>
    private delegate BadRequest? Mutation(Sample sample);

    private IReadOnlyList<Mutation> All =>
    [
        WrongType, WrongType, WrongType, WrongType, WrongNumber, LongText, Deep, Missing, Null, Unknown, Twice, NoJson, NoText, HalfCharacter, HalfCharacterInName, Marked, Utf16, TooLong, WrongContentType,
        Chunked, BadChunk, Zipped, WrongVerb, OddPath, OddPath, BrokenPath, BadToken, BadToken, BadBot, BadBot, OddBot, HugeHeader, BrokenHeader, BadRetryKey, BadQuery, OddQuery,
        ForeignId, ForeignId, ForeignId, ForeignId, BadField, BadField, OddField, BadForm, BadAssertion, BadAssertion, BadAssertion, BadAssertion, BadStream,
    ];

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

    // Bodies.

    private BadRequest? WrongType(Sample sample) => AtPath(sample, (node, _) =>
    {
        var others = new List<JsonNode> { JsonValue.Create("text"), JsonValue.Create(12), JsonValue.Create(true), new JsonArray(), new JsonObject(), new JsonArray(new JsonObject { ["a"] = 1 }) };
        others.RemoveAll(other => other.GetValueKind() == node.GetValueKind() || (IsTruth(other) && IsTruth(node)));
        return others[random.Next(others.Count)];
    }, "wrong type", Fate.Refused);

    private BadRequest? WrongNumber(Sample sample) => AtPath(
        sample, (node, _) => node.GetValueKind() == JsonValueKind.Number ? JsonNode.Parse(Any("1e400", "-1e400", "99999999999999999999", "-99999999999999999999", "0.5e-1", "-1")) : null, "number out of bounds", Fate.Refused);

    private BadRequest? LongText(Sample sample) => AtPath(sample, (node, _) => node.GetValueKind() == JsonValueKind.String ? JsonValue.Create(new string('x', 100_000)) : null, "text of 100 000 characters", Fate.Refused);

    private BadRequest? Deep(Sample sample) => AtText(sample, "deeper than anybody reads", Fate.Refused, Any(new string('[', DepthMax) + new string(']', DepthMax), Objects()));

    private BadRequest? HalfCharacter(Sample sample) => AtText(sample, "half a character", Fate.MayPass, "\"\\ud800\"");

    private BadRequest? NoText(Sample sample)
    {
        if (AtText(sample, "not UTF-8", Fate.Refused, "\"\u0001\"") is not { Request.Body: { } body } bad)
            return null;
        body[Array.IndexOf(body, (byte)1)] = (byte)random.Next(0xf5, 0x100);
        return bad;
    }

    private BadRequest? Missing(Sample sample) => Edit(sample, "a property is missing", Fate.MayPass, (parent, name) => parent.Remove(name));

    private BadRequest? Null(Sample sample) => Edit(sample, "null", Fate.MayPass, (parent, name) => parent[name] = null);

    private BadRequest? Unknown(Sample sample) => Edit(sample, "an unknown property", Fate.MayPass, (parent, _) => parent[Any("unknown", "__proto__", "", "Tó\u0000", "$ref", new string('n', 3000))] = JsonNode.Parse(Any("1", "null", "{}", "[[]]", "\"a\"")));

    private BadRequest? Twice(Sample sample) => WithText(sample, "a property twice", Fate.MayPass, text => Property().Replace(text, found => $"{found.Groups[1].Value}:{Any("null", "1", "\"x\"", "[]")},{found.Value}", 1));

    private BadRequest? HalfCharacterInName(Sample sample) => WithText(sample, "half a character in a name", Fate.MayPass, text => text.Length > 2 ? $"{{\"\\ud800\":1,{text[1..]}" : null);

    private BadRequest? NoJson(Sample sample) => WithText(sample, "no JSON", Fate.Refused, text => random.Next(10) switch
    {
        0 => text[..random.Next(1, text.Length)],
        1 => text + "x",
        2 => text.Replace('"', '\''),
        3 => "NaN",
        4 => text + text,
        5 => "/* a */" + text,
        6 => text[..^1] + ",}",
        7 => "[" + text + "]",
        8 => "null",
        _ => "<xml/>",
    });

    private static BadRequest? Marked(Sample sample) => WithBytes(sample, "byte order mark", Fate.Refused, body => [0xef, 0xbb, 0xbf, .. body]);

    private static BadRequest? Utf16(Sample sample) => WithBytes(sample, "UTF-16", Fate.Refused, body => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)));

    private BadRequest? TooLong(Sample sample) => random.Next(4) == 0
        ? WithBytes(sample, "one byte more than 2 MB", Fate.Refused, body => [.. body, .. Enumerable.Repeat((byte)' ', BodyBytesMax + 1 - body.Length)])
        : null;

    private BadRequest? WrongContentType(Sample sample)
    {
        if (sample.Json is null)
            return null;
        var type = Any("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/xml", "json", ";;;", "application/json-patch");
        return new BadRequest(sample, $"content type '{type}'", sample.Request.With("Content-Type", type), Fate.Refused);
    }

    private static BadRequest? Chunked(Sample sample) => sample.Request.Body is not { Length: > 0 } body ? null : new BadRequest(
        sample, "in pieces", sample.Request with { Chunks = [.. Encoding.ASCII.GetBytes($"1\r\n{(char)body[0]}\r\n{body.Length - 1:x};ext=1\r\n"), .. body.AsSpan(1), .. "\r\n0\r\nTrailer: x\r\n\r\n"u8] }, Fate.MayPass);

    /// <summary>Whoever reads the body meets it; who does not, answers.</summary>
    private BadRequest? BadChunk(Sample sample) => sample.Request.Body is null ? null : new BadRequest(
        sample, "broken pieces", sample.Request with { Chunks = Encoding.ASCII.GetBytes(Any("zz\r\nabc\r\n0\r\n\r\n", "-1\r\nabc\r\n", "ffffffffffffffffffff\r\nabc\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n")) }, Fate.Refused);

    private static BadRequest? Zipped(Sample sample)
    {
        if (sample.Json is null)
            return null;
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(sample.Request.Body);
        return new BadRequest(sample, "gzip", sample.Request.With("Content-Encoding", "gzip") with { Body = packed.ToArray() }, Fate.Refused);
    }

    private BadRequest? BadStream(Sample sample)
    {
        if (sample.Row?.Body != BodyKind.Stream)
            return null;
        if (random.Next(3) == 0)
            return new BadRequest(sample, "content type that is none", sample.Request.With("Content-Type", Any("", ";", "multipart/form-data", "multipart/form-data; boundary=\"", "image/gif", "a b c", "multipart/form-data; boundary=" + new string('b', 500))), Fate.Refused);
        var body = sample.Request.Body!;
        return new BadRequest(sample, "broken file", sample.Request with
        {
            Body = random.Next(4) switch { 0 => [], 1 => body[..(body.Length / 3)], 2 => [.. Enumerable.Repeat((byte)0xff, 3000)], _ => Encoding.ASCII.GetBytes("--b0undary\r\nContent-Disposition: form-data\r\n\r\nx") },
        }, Fate.Refused);
    }

    // Verbs and paths.

    private BadRequest? WrongVerb(Sample sample)
    {
        var path = sample.Request.PathOnly;
        var verb = Any("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get");
        return verb == sample.Request.Method || IsThere(verb, path) ? null : new BadRequest(sample, "verb " + verb, sample.Request with { Method = verb }, Fate.Refused);
    }

    private BadRequest? OddPath(Sample sample)
    {
        var (path, query) = (sample.Request.PathOnly, sample.Request.Target[sample.Request.PathOnly.Length..]);
        var slashes = Enumerable.Range(1, path.Length - 1).Where(i => path[i] == '/').ToList();
        var at = slashes[random.Next(slashes.Count)];
        var (name, changed, fate) = random.Next(9) switch
        {
            0 => ("slash at the end", path + "/", Fate.MayPass),
            1 => ("another case", path.ToUpperInvariant(), Fate.MayPass),
            2 => ("two slashes", path.Insert(at, "/"), Fate.Refused),
            3 => ("%2F", path.Remove(at, 1).Insert(at, "%2F"), Fate.Refused),
            4 => ("dots", path.Insert(at, "/x/.."), Fate.MayPass),
            5 => ("escaped dots", path.Insert(at, "/x/%2e%2e"), Fate.MayPass),
            6 => ("overlong slash", path.Remove(at, 1).Insert(at, "%c0%af"), Fate.Refused),
            7 => ("one part more", path + "/more", Fate.Refused),
            _ => ("backslash", path.Remove(at, 1).Insert(at, "\\"), Fate.Refused),
        };
        return fate == Fate.Refused && IsThere(sample.Request.Method, changed) ? null : new BadRequest(sample, name, sample.Request with { Target = changed + query }, fate);
    }

    private BadRequest? BrokenPath(Sample sample) => new(
        sample, "no path", sample.Request with { Target = Any(sample.Request.PathOnly + "%00", sample.Request.PathOnly + "\0", "v2/bot/info", sample.Request.PathOnly + " x", sample.Request.PathOnly + "\u00e9", "", new string('/', 20_000)) }, Fate.NoHttp);

    // Headers.

    private BadRequest? BadToken(Sample sample)
    {
        if (sample.IsToken)
            return null;
        var own = stage.Caller.Token;
        var forged = new StringBuilder(own);
        var at = random.Next(own.Length);
        forged[at] = own[at] == 'A' ? 'B' : 'A';
        var ways = new List<(string Name, string? Value)>
        {
            ("no token", null), ("empty token", "Bearer "), ("basic", "Basic " + own), ("forged", "Bearer " + forged), ("expired", "Bearer " + stage.ExpiredToken), ("revoked", "Bearer " + stage.RevokedToken),
            ("LINE's own", "Bearer " + stage.LineToken), ("cut", "Bearer " + own[..^1]), ("longer", "Bearer " + own + "A"), ("twice", $"Bearer {own}\r\nAuthorization: Bearer {own}"), ("a JWT", "Bearer " + Assertions.Valid(stage)),
            ("the secret", "Bearer " + stage.Caller.Access.ChannelSecret), ("no text", "Bearer \u00ff\u00fe"), ("huge", "Bearer " + new string('A', 7000)), ("a forged sealed one", "Bearer " + stage.ExpiredToken[..^2] + "AA"),
        };
        if (sample.Row is not null)
            ways.Add(("another module's", "Bearer " + stage.Stranger.Token));
        var (name, value) = ways[random.Next(ways.Count)];
        return new BadRequest(sample, "token: " + name, sample.Request.With("Authorization", value), Fate.Refused);
    }

    private BadRequest? BadBot(Sample sample)
    {
        if (sample.Row is null)
            return null;
        var own = stage.Caller.Access.BotId.ToString();
        var (name, value) = new (string, string?)[]
        {
            ("none", null), ("empty", ""), ("another account", stage.Stranger.Access.BotId.ToString()), ("two", $"{own}\r\nX-Line-Bot-Id: {stage.Stranger.Access.BotId}"), ("the same twice", $"{own}\r\nX-Line-Bot-Id: {own}"),
            ("small u", "u" + own[1..]), ("capitals", own.ToUpperInvariant()), ("longer", own + "0"), ("cut", own[..^1]), ("a list", own + "," + own), ("quoted", $"\"{own}\""), ("no text", "U\u00e9" + own[2..]), ("unknown", "U" + new string('0', 32)),
            ("a user", stage.Caller.Owns["user"]),
        }[random.Next(14)];
        return value == own ? null : new BadRequest(sample, "bot: " + name, sample.Request.With("X-Line-Bot-Id", value), Fate.Refused);
    }

    private BadRequest? OddBot(Sample sample) => sample.Row is null ? null : new BadRequest(
        sample, "bot header written otherwise", sample.Request.With("X-Line-Bot-Id", null).With(Any("x-line-bot-id", "X-LINE-BOT-ID"), Any("", "  ", "\t") + stage.Caller.Access.BotId + Any("", "  ")), Fate.MayPass);

    private BadRequest? HugeHeader(Sample sample) => new(
        sample, "too much of headers", random.Next(2) == 0 ? sample.Request.With("X-Filler", new string('a', 100_000)) : sample.Request with { Headers = [.. sample.Request.Headers, .. Enumerable.Range(0, 200).Select(i => $"X-{i}: a")] }, Fate.NoHttp);

    private BadRequest? BrokenHeader(Sample sample) => new(
        sample, "broken header", sample.Request with { Headers = [.. sample.Request.Headers, Any("X-A: b\rX-C: d", "no colon", " X-Folded: a", "X A: b", "X-Null: \0", ": b", "Content-Length: abc", "Host: two")] }, Fate.NoHttp);

    private BadRequest? BadRetryKey(Sample sample) => sample.Row is null || (!sample.Row.TakesRetryKey && !sample.Row.Sends) ? null : new BadRequest(
        sample, "retry key", sample.Request.With("X-Line-Retry-Key", Any("a", "00000000000000000000000000000000", "{123e4567-e89b-12d3-a456-426614174000}", "123e4567-e89b-12d3-a456-42661417400g", new string('1', 3000), "\u00e9", "' OR 1=1")), Fate.Refused);

    // Queries.

    private BadRequest? BadQuery(Sample sample)
    {
        var query = sample.Request.Target.Split('?', 2);
        if (query.Length == 1 || sample.IsToken)
            return null;
        var fields = query[1].Split('&');
        var at = random.Next(fields.Length);
        fields[at] = fields[at].Split('=')[0] + "=" + Any("%00", "'%3B%20DROP%20TABLE%20chat", new string('9', 3000), "-1", "1e400", "%ff%fe", "..%2f..", "%ED%A0%80", "{}", "NaN", "99999999999999999999");
        return new BadRequest(sample, "query", sample.Request with { Target = $"{query[0]}?{string.Join('&', fields)}" }, Fate.Refused);
    }

    private BadRequest? OddQuery(Sample sample)
    {
        if (sample.IsToken)
            return null;
        var sign = sample.Request.Target.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return new BadRequest(sample, "query with more", sample.Request with
        {
            Target = sample.Request.Target + sign + Any("unknown=1", "limit=1&limit=2", "%zz", "=", "&&&", "a[]=1", "start=%00", "date=1&date=2", "requestId=a&requestId=b", string.Join('&', Enumerable.Range(0, 1200).Select(i => $"q{i}=1")), "%00=%00", "?"),
        }, Fate.MayPass);
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

    // Tools.

    private BadRequest? AtPath(Sample sample, Func<JsonNode, string, JsonNode?> change, string what, Fate fate)
    {
        if (sample.Json is not { } original)
            return null;
        var json = original.DeepClone();
        var places = Places(json).ToList();
        var (node, path) = places[random.Next(places.Count)];
        if (change(node, path) is not { } other)
            return null;
        if (node.Parent is null)
            json = other;
        else
            node.ReplaceWith(other);
        return new BadRequest(sample, $"{what} at {path}", sample.Request with { Body = Encoding.UTF8.GetBytes(json.ToJsonString()) }, fate);
    }

    /// <summary>As above with a text that is no JSON of any value.</summary>
    private BadRequest? AtText(Sample sample, string what, Fate fate, string text) =>
        AtPath(sample, (_, _) => JsonValue.Create("@here@"), what, fate) is { } bad
            ? bad with { Request = bad.Request with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bad.Request.Body!).Replace("\"@here@\"", text, StringComparison.Ordinal)) } }
            : null;

    private BadRequest? Edit(Sample sample, string what, Fate fate, Action<JsonObject, string> edit)
    {
        if (sample.Json is not { } original)
            return null;
        var json = original.DeepClone();
        var places = Places(json).Select(place => place.Node).Where(node => node.Parent is JsonObject).ToList();
        if (places.Count == 0)
            return null;
        var node = places[random.Next(places.Count)];
        edit((JsonObject)node.Parent!, node.GetPropertyName());
        return new BadRequest(sample, what, sample.Request with { Body = Encoding.UTF8.GetBytes(json.ToJsonString()) }, fate);
    }

    private static BadRequest? WithText(Sample sample, string what, Fate fate, Func<string, string?> change) =>
        sample.Json is { } json && change(json.ToJsonString()) is { } text ? new BadRequest(sample, what, sample.Request with { Body = Encoding.UTF8.GetBytes(text) }, fate) : null;

    private static BadRequest? WithBytes(Sample sample, string what, Fate fate, Func<byte[], byte[]> change) =>
        sample.Json is null ? null : new BadRequest(sample, what, sample.Request with { Body = change(sample.Request.Body!) }, fate);

    private static IEnumerable<(JsonNode Node, string Path)> Places(JsonNode node)
    {
        yield return (node, node.GetPath());
        IEnumerable<JsonNode?> inside = node switch { JsonObject some => some.Select(one => one.Value), JsonArray list => list, _ => [] };
        foreach (var place in inside.OfType<JsonNode>().SelectMany(Places))
            yield return place;
    }

    private static bool IsTruth(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static string Objects() => string.Concat(Enumerable.Repeat("{\"a\":", DepthMax)) + "1" + new string('}', DepthMax);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    /// <summary>Whether there is a call with this verb that this path would be.</summary>
    private static bool IsThere(string verb, string path) => Samples.Names.Select(name => name.Split(' ')).Any(parts =>
        parts[0].Equals(verb, StringComparison.OrdinalIgnoreCase) && Regex.IsMatch(path, "^" + Parameter().Replace(Regex.Escape(parts[1]).Replace("\\{", "{", StringComparison.Ordinal), "[^/]+") + "$", RegexOptions.IgnoreCase));

    private string Any(params string[] choices) => choices[random.Next(choices.Length)];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("(\"[A-Za-z]+\"):")]
    private static partial Regex Property();
}
