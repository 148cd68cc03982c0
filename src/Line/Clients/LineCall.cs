using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line;

/// <summary>One call of LINE's, before it has its token.</summary>
internal sealed record LineCall(HttpMethod Method, string Path)
{
    /// <summary>Makes the body, anew for each attempt.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>At the host for large bodies.</summary>
    public bool IsData { get; init; }

    /// <summary>Whether it concerns the channel and no account of it, so that no header names one.</summary>
    public bool IsOfChannel { get; init; }

    /// <summary>Whether doing it twice is the same as once.</summary>
    public bool IsRepeatable { get; init; } = Method != HttpMethod.Post;

    /// <summary>Whether its body can be read once only, so that it is never repeated.</summary>
    public bool IsOnce { get; init; }

    /// <summary>Sends: makes a repeated call harmless for 24 hours.</summary>
    public Guid? RetryKey { get; init; }

    /// <summary>Whether LINE takes a retry key.</summary>
    public bool TakesRetryKey { get; init; }

    /// <summary>A header of this call alone.</summary>
    public (string Name, string Value)? Header { get; init; }

    public static LineCall Get(string path, params ReadOnlySpan<(string Name, string? Value)> query) => new(HttpMethod.Get, path + Query(query));

    public static LineCall Post(string path) => new(HttpMethod.Post, path);

    public static LineCall Put(string path) => new(HttpMethod.Put, path);

    public static LineCall Delete(string path) => new(HttpMethod.Delete, path);

    public static string Escaped(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return Uri.EscapeDataString(id);
    }

    public LineCall Repeatable() => this with { IsRepeatable = true };

    public LineCall With<T>(T body, JsonTypeInfo<T> info)
    {
        var bytes = LineJson.ToBytes(body, info);
        return this with { Body = () => Content(bytes) };
    }

    public LineCall With(Action<Utf8JsonWriter> write)
    {
        var bytes = LineJson.ToBytes(write);
        return this with { Body = () => Content(bytes) };
    }

    public static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string Text(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static ByteArrayContent Content(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static string Query(ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
