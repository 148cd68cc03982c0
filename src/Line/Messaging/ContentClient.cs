using System.Net;

namespace Line;

/// <summary>What people sent: pictures, videos, sounds and files. LINE deletes them after a while, so fetch them soon.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Content"/>. Only for content whose provider is LINE. Source: LINE messaging-api.yml.</remarks>
public sealed class ContentClient
{
    private readonly LineApi _api;

    internal ContentClient(LineApi api) => _api = api;

    /// <summary>The bytes, as a stream from LINE.</summary>
    /// <returns>Null while LINE still prepares a large video or sound: see <see cref="GetStateAsync"/>.</returns>
    /// <exception cref="LineApiException">404: no such content; 410: it was unsent.</exception>
    public Task<LineContent?> OpenAsync(MessageId message, CancellationToken cancellationToken = default) => OpenAsync($"{Path(message)}", cancellationToken);

    /// <summary>A small picture of a picture or video, as a stream from LINE.</summary>
    /// <returns>Null while LINE still prepares it.</returns>
    /// <exception cref="LineApiException">400: a kind without preview; 404; 410.</exception>
    public Task<LineContent?> OpenPreviewAsync(MessageId message, CancellationToken cancellationToken = default) => OpenAsync($"{Path(message)}/preview", cancellationToken);

    /// <summary>Whether LINE has prepared a video or sound.</summary>
    public async Task<ContentState> GetStateAsync(MessageId message, CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get($"{Path(message)}/transcoding") with { IsData = true }, cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Required("status") switch
        {
            "processing" => ContentState.Processing,
            "succeeded" => ContentState.Ready,
            "failed" => ContentState.Failed,
            _ => ContentState.Unknown,
        };
    }

    private static string Path(MessageId message) => $"/v2/bot/message/{LineCall.Escaped(message.ToString())}/content";

    private async Task<LineContent?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var response = await _api.OpenAsync(LineCall.Get(path) with { IsData = true }, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
            return await LineContent.OfAsync(response, cancellationToken).ConfigureAwait(false);

        using (response)
        {
            (await LineAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false)).OrThrow();
            return null;
        }
    }
}
