using System.Text;

namespace BadInput;

/// <summary>A request as bytes: nothing is put right on its way.</summary>
/// <param name="Target">Path and query as they stand in the request line.</param>
/// <param name="Headers">Lines without their ends; <c>Host</c>, <c>Connection</c> and the length are added.</param>
/// <param name="Body">Null: none is sent.</param>
internal sealed record RawRequest(string Method, string Target, IReadOnlyList<string> Headers, byte[]? Body)
{
    /// <summary>Sent as these bytes in place of a body with its length: <c>Transfer-Encoding: chunked</c> is said then.</summary>
    public byte[]? Chunks { get; init; }

    public string PathOnly => Target.Split('?', 2)[0];

    public RawRequest With(string name, string? value) => this with
    {
        Headers = [.. Headers.Where(line => !line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)), .. value is null ? Array.Empty<string>() : [$"{name}: {value}"]],
    };

    public byte[] Head(string host)
    {
        var text = new StringBuilder().Append(Method).Append(' ').Append(Target).Append(" HTTP/1.1\r\nHost: ").Append(host).Append("\r\nConnection: close\r\n");
        foreach (var line in Headers)
            text.Append(line).Append("\r\n");
        if (Chunks is not null)
            text.Append("Transfer-Encoding: chunked\r\n");
        else if (Body is not null || Method is "POST" or "PUT")
            text.Append("Content-Length: ").Append(Body?.Length ?? 0).Append("\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    /// <summary>Enough of it to make it again by hand.</summary>
    public override string ToString()
    {
        var body = Chunks ?? Body ?? [];
        var shown = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 600)));
        return $"{Method} {Short(Target)}\n{string.Join('\n', Headers.Take(8).Select(Short))}\n{shown}{(body.Length > 600 ? $"… {body.Length} bytes" : "")}";
    }

    private static string Short(string text) => text.Length > 300 ? text[..300] + $"… {text.Length} characters" : text;
}

/// <summary>What came back. Status 0: the connection ended without an answer.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, TimeSpan Took)
{
    public string Text => Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2000)));

    public bool Succeeded => Status is >= 200 and < 300;
}
