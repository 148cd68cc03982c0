using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Line;

/// <summary>One way to make a call with a channel's token: shared by the clients of the Messaging API and the module calls.</summary>
internal sealed class LineApi(HttpClient http, LineEndpoints endpoints, IChannelTokenSource tokens)
{
    // The body is JSON for a machine: escaping every CJK character would triple its size.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<LineAnswer> GetAsync(string path, BotId? bot, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, bot, writeBody: null, retryKey: null, cancellationToken);

    public Task<LineAnswer> PostAsync(string path, BotId? bot, Action<Utf8JsonWriter>? writeBody, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, bot, writeBody, retryKey: null, cancellationToken);

    public async Task<LineAnswer> SendAsync(
        HttpMethod method, string path, BotId? bot, Action<Utf8JsonWriter>? writeBody, Guid? retryKey, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(method, new Uri(endpoints.Api, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (bot is { } id)
            request.Headers.Add(endpoints.BotHeaderName, id.ToString());

        if (retryKey is { } key)
            request.Headers.Add("X-Line-Retry-Key", key.ToString("D"));

        if (writeBody is not null)
            request.Content = Json(writeBody);

        var answer = await LineAnswer.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.Unauthorized)
            tokens.Refuse(token);

        return answer;
    }

    private static ByteArrayContent Json(Action<Utf8JsonWriter> writeBody)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writeBody(writer);
            writer.WriteEndObject();
        }

        var content = new ByteArrayContent(buffer.WrittenSpan.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
