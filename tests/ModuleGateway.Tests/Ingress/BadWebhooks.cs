using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using BadInput;
using Line;

namespace ModuleGateway.Tests.Ingress;

/// <summary>Makes webhooks that nobody should send, of a good one. Whether one is to be taken is said by a parser of another kind than the gateway's.</summary>
internal sealed partial class BadWebhooks(Func<JsonObject> good, Random random)
{
    private const int BodyBytesMax = 1024 * 1024;
    private const int DepthMax = 64;
    private const string Path = "/webhook/" + GatewayHost.ModuleChannelId;

    private IReadOnlyList<Func<BadWebhook>> Ways =>
    [
        Spoilt("cut off", body => body[..random.Next(body.Length)]),
        Spoilt("some bytes others", body => Flipped(body)),
        Spoilt("some bytes more", body => [.. body.AsSpan(0, body.Length / 2), .. Bytes(random.Next(1, 20)), .. body.AsSpan(body.Length / 2)]),
        Spoilt("bytes of chance", _ => Bytes(random.Next(2000))),
        Spoilt("nothing", _ => []),
        Spoilt("a byte order mark", body => [0xef, 0xbb, 0xbf, .. body]),
        Spoilt("another encoding", body => Any(Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1).GetBytes("é" + Encoding.UTF8.GetString(body))),
        Spoilt("bytes that are no text", body => InText(body, [(byte)random.Next(0xf5, 0x100)])),
        Spoilt("overlong UTF-8", body => InText(body, [0xc0, 0x80])),
        Spoilt("a zero byte", body => InText(body, [0])),
        Spoilt("gzip", Zipped),
        Text("an escaped zero", text => text.Replace("hello", "\\u0000", StringComparison.Ordinal)),
        Text("half a character", text => text.Replace("hello", Any("\\ud800", "\\udc00\\ud800", "\\ud800x"), StringComparison.Ordinal)),
        Text("half a character in a name", text => text.Replace("\"message\"", "\"\\ud800\"", StringComparison.Ordinal)),
        Text("names in escapes", text => text.Replace("\"events\"", "\"\\u0065vents\"", StringComparison.Ordinal).Replace("\"type\"", "\"t\\u0079pe\"", StringComparison.Ordinal)),
        Text("a destination in escapes", text => text.Replace("\"destination\":\"U", "\"destination\":\"\\u0055", StringComparison.Ordinal)),
        Text("a property twice", text => Property().Replace(text, found => $"{found.Groups[1].Value}:{Any("null", "1", "\"x\"", "[]", "{}")},{found.Value}", 1, random.Next(text.Length))),
        Text("a property twice, the later one bad", text => Property().Replace(text, found => $"{found.Value},{found.Groups[1].Value}:{Any("null", "1", "\"\"", "[]", "{}")}", 1)),
        Text("events twice", text => text[..^1] + ",\"events\":" + Any("[]", "null", "[{\"type\":\"x\"},{\"type\":\"y\"}]", "[7]", "{}") + "}"),
        Text("a destination twice", text => text[..^1] + ",\"destination\":" + Any("\"nobody\"", "null", "7", "\"U0123456789abcdef0123456789abcdef\"") + "}"),
        Text("numbers beyond all bounds", text => Number().Replace(text, _ => Any("1e400", "-1e400", "99999999999999999999999999", "-0", "1E-400", "0.1e+1"))),
        Text("no numbers", text => Number().Replace(text, _ => Any("NaN", "Infinity", "01", "+1", "0x10", "1.", ".5", "--1"))),
        Text("deep", text => InEvent(text, Deep(Any(10, 40, 58, 59, 60, 61, 62, 63, 64, 65, 1000, 100_000)))),
        Text("almost JSON", text => Any(text + "x", text + text, "/* a */" + text, text.Replace('"', '\''), text[..^1] + ",}", "[" + text + "]", "null", "7", "\"text\"", "<xml/>", text.Replace(":", "=", StringComparison.Ordinal))),
        Text("many events", text => Repeated(text, random.Next(50, 200))),
        Text("long texts", text => text.Replace("hello", new string('x', random.Next(100_000, 900_000)), StringComparison.Ordinal)),
        Text("exactly a mebibyte", text => text + new string(' ', BodyBytesMax - Encoding.UTF8.GetByteCount(text))),
        Text("a byte over a mebibyte", text => text + new string(' ', BodyBytesMax + 1 - Encoding.UTF8.GetByteCount(text))),
        Wrong, Wrong, Wrong, Wrong, Wrong,
        Unsigned, Unsigned, Unsigned,
        Piecewise, BrokenPieces, Lengths, Elsewhere, OtherVerb, OddType, ManyHeaders,
    ];

    /// <summary>One of each way, in an order of chance, for ever.</summary>
    public IEnumerable<BadWebhook> All()
    {
        while (true)
        {
            var ways = Ways.ToArray();
            random.Shuffle(ways);
            foreach (var way in ways)
                yield return way();
        }
    }

    /// <summary>The same bytes, signed as LINE signs.</summary>
    public static RawRequest Signed(byte[] body) => new("POST", Path, ["Content-Type: application/json; charset=utf-8", $"x-line-signature: {Signature(body)}"], body);

    /// <summary>How many events a body bears by the platform's own parser; null: it is no webhook.</summary>
    public static int? EventsOf(byte[] body)
    {
        if (body.Length > BodyBytesMax || !Utf8.IsValid(body))
            return null;
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
            WalkNames(json.RootElement);
            return json.RootElement.TryGetProperty("destination", out var destination) && destination.ValueKind == JsonValueKind.String && BotId.TryParse(destination.GetString(), null, out _)
                && json.RootElement.TryGetProperty("events", out var events) && events.EnumerateArray().All(one => one.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetRawText().Length > 2)
                ? events.GetArrayLength()
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Fails on a name that is no text.</summary>
    private static void WalkNames(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                _ = property.Name;
                WalkNames(property.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in element.EnumerateArray())
                WalkNames(one);
        }
    }

    private Func<BadWebhook> Spoilt(string how, Func<byte[], byte[]> spoil) => () =>
    {
        var body = spoil(Good());
        return new BadWebhook(how, Signed(body), EventsOf(body), body);
    };

    private Func<BadWebhook> Text(string how, Func<string, string> spoil) => Spoilt(how, body => Encoding.UTF8.GetBytes(spoil(Encoding.UTF8.GetString(body))));

    /// <summary>A value of another kind, or none, somewhere.</summary>
    private BadWebhook Wrong()
    {
        var root = JsonNode.Parse(Good())!;
        var parents = new List<JsonNode>();
        Collect(root, parents);
        var parent = parents[random.Next(parents.Count)];
        var text = $"\"text {random.NextInt64()}\""; // An event's id is new each time: what is counted are places in the journal, and an id that was there before takes one more.
        var other = Any("null", "7", text, "\"\"", "true", "[]", "{}", "[[]]", "{\"a\":1}", "-1", "1.5", "[null]");
        if (parent is JsonArray list)
            list[random.Next(list.Count)] = JsonNode.Parse(other);
        else if (parent is JsonObject fields && Any([.. fields.Select(field => field.Key)]) is var name)
            fields[name] = JsonNode.Parse(name == "webhookEventId" && other == "\"\"" ? text : other);
        var body = Encoding.UTF8.GetBytes(root.ToJsonString());
        return new BadWebhook("another kind of value", Signed(body), EventsOf(body), body);
    }

    private BadWebhook Unsigned()
    {
        var body = Good();
        var right = Signature(body);
        string?[] headers =
        [
            null, "", right[..^1], right + "=", " " + right[..40], right.ToLowerInvariant() + "A", right.Replace('+', '-').Replace('/', '_') + "-", "ÿþ", new string('A', 44), new string('A', 43) + "=", new string('A', 100_00), "sha256=" + right,
            Convert.ToHexString(Convert.FromBase64String(right)), new LineSignature(GatewayHost.OtherChannelSecret).Create(body), new LineSignature(" ").Create(body), Signature(body[..^1]), $"{right},{right}",
        ];
        var request = Signed(body).With("x-line-signature", headers[random.Next(headers.Length)]);
        return new BadWebhook("not signed", random.Next(10) == 0 ? request with { Headers = [.. request.Headers, "x-line-signature: " + right, "x-line-signature: " + right] } : request, null, body);
    }

    private BadWebhook Piecewise()
    {
        var body = Good();
        byte[] pieces = [.. Encoding.ASCII.GetBytes($"1\r\n{(char)body[0]}\r\n{body.Length - 1:x};ext=\"1\"\r\n"), .. body.AsSpan(1), .. "\r\n0\r\nx-line-signature: x\r\n\r\n"u8];
        return new BadWebhook("in pieces", Signed(body) with { Chunks = pieces }, EventsOf(body), body);
    }

    private BadWebhook BrokenPieces()
    {
        var body = Good();
        var pieces = Any("zz\r\nabc\r\n0\r\n\r\n", "-1\r\nabc\r\n", "ffffffffffffffffffff\r\nabc\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n", "\r\n\r\n", "0\r\n\r\n", "00000000000000000000000000000000000005\r\nabcde\r\n0\r\n\r\n");
        return new BadWebhook("broken pieces", Signed(body) with { Chunks = Encoding.ASCII.GetBytes(pieces) }, null, body);
    }

    private BadWebhook Lengths()
    {
        var body = Good();
        var line = Any("Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 1e3", $"Content-Length: {body.Length}, 7", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, identity", "Transfer-Encoding: xchunked");
        return new BadWebhook("another length", Signed(body) with { Headers = [.. Signed(body).Headers, line] }, null, body);
    }

    private BadWebhook Elsewhere()
    {
        var body = Good();
        var target = Any("/webhook", "/webhook/", "/webhook/999", "/webhook/" + new string('9', 1000), "/webhook/%00", "/webhook/..%2f", Path + "/x", "//webhook/x", "/webhook/" + GatewayHost.ModuleChannelId + "%20", "/webhook/١٦٥", "/webhook/0x1", "/webhook/" + GatewayHost.OtherChannelId);
        return new BadWebhook("at another door", Signed(body) with { Target = target }, null, body);
    }

    private BadWebhook OtherVerb()
    {
        var body = Good();
        return new BadWebhook("another verb", Signed(body) with { Method = Any("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "WEBHOOK") }, null, body);
    }

    /// <summary>LINE's says JSON; what the bytes are is what counts.</summary>
    private BadWebhook OddType()
    {
        var body = Good();
        return new BadWebhook("another content type", Signed(body).With("Content-Type", Any("text/plain", "", "multipart/form-data; boundary=x", "application/json; charset=utf-7", "application/x-www-form-urlencoded")), EventsOf(body), body);
    }

    private BadWebhook ManyHeaders()
    {
        var body = Good();
        IEnumerable<string> more = random.Next(2) == 0 ? Enumerable.Range(0, 500).Select(i => $"x-header-{i}: {i}") : ["x-header: " + new string('h', 60_000)];
        return new BadWebhook("too many headers", Signed(body) with { Headers = [.. Signed(body).Headers, .. more] }, null, body);
    }

    private byte[] Good() => Encoding.UTF8.GetBytes(good().ToJsonString());

    private byte[] Flipped(byte[] body)
    {
        for (var i = random.Next(1, 8); i > 0; i--)
            body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
        return body;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private T Any<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private static byte[] InText(byte[] body, byte[] bytes)
    {
        var at = body.AsSpan().IndexOf("hello"u8);
        return [.. body.AsSpan(0, at), .. bytes, .. body.AsSpan(at)];
    }

    private static byte[] Zipped(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(body);
        return packed.ToArray();
    }

    private string Deep(int depth) => random.Next(2) == 0
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static string InEvent(string text, string value) => text.Replace("\"events\":[{", $"\"events\":[{{\"odd\":{value},", StringComparison.Ordinal);

    private static string Repeated(string text, int times)
    {
        var root = JsonNode.Parse(text)!;
        var events = root["events"]!.AsArray();
        for (var i = 1; i < times; i++)
        {
            var one = events[0]!.DeepClone();
            one["webhookEventId"] = Shop.NewEventId();
            events.Add(one);
        }

        return root.ToJsonString();
    }

    private static void Collect(JsonNode node, List<JsonNode> parents)
    {
        var children = node is JsonObject fields ? fields.Select(field => field.Value) : node is JsonArray list ? list : [];
        if (!children.Any())
            return;
        parents.Add(node);
        foreach (var child in children.OfType<JsonNode>())
            Collect(child, parents);
    }

    private static string Signature(byte[] body) => new LineSignature(GatewayHost.ModuleChannelSecret).Create(body);

    [GeneratedRegex("(\"[a-zA-Z]+\"):")]
    private static partial Regex Property();

    [GeneratedRegex("(?<=:)[0-9]+(?=[,}])")]
    private static partial Regex Number();
}
