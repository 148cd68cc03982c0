using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ModuleGateway.Facade;

namespace BadInput;

/// <summary>What can be wrong with a request around its body: how it is sent, its verb, path, headers and query.</summary>
internal sealed partial class HttpTricks(Stage stage, Random random)
{
    public IReadOnlyList<Mutation> All =>
    [
        WrongContentType, Chunked, BadChunk, Zipped, BadStream, WrongVerb, OddPath, OddPath, BrokenPath, BadToken, BadToken, BadBot, BadBot, OddBot, HugeHeader, BrokenHeader, BadRetryKey, BadQuery, OddQuery,
    ];

    // How it is sent.

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
        var name = fields[at].Split('=')[0];
        fields[at] = name + "=" + Any("%00", "'%3B%20DROP%20TABLE%20chat", new string('9', 3000), "-1", "1e400", "%ff%fe", "..%2f..", "%ED%A0%80", "{}", "NaN", "99999999999999999999");
        return new BadRequest(sample, "query", sample.Request with { Target = $"{query[0]}?{string.Join('&', fields)}" }, name == "customAggregationUnit" ? Fate.MayPass : Fate.Refused); // "NaN" is a name like any other.
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

    /// <summary>Whether there is a call with this verb that this path would be.</summary>
    private static bool IsThere(string verb, string path) => Samples.Names.Select(name => name.Split(' ')).Any(parts =>
        parts[0].Equals(verb, StringComparison.OrdinalIgnoreCase) && Regex.IsMatch(path, "^" + Parameter().Replace(Regex.Escape(parts[1]).Replace("\\{", "{", StringComparison.Ordinal), "[^/]+") + "$", RegexOptions.IgnoreCase));

    private string Any(params string[] choices) => choices[random.Next(choices.Length)];

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
