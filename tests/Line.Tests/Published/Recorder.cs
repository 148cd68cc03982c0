using System.Net;
using System.Text;

namespace Line.Tests.Published;

/// <summary>Stands where the network would: keeps each request and answers what it is told.</summary>
internal sealed class Recorder : HttpMessageHandler
{
    public List<(HttpMethod Method, Uri Address, HttpRequestMessage Request, string? ContentType, string Body)> Seen { get; } = [];

    public Func<int, HttpResponseMessage> Answer { get; set; } = static _ => Json(HttpStatusCode.OK, "{}");

    public static HttpResponseMessage Json(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Seen.Add((request.Method, request.RequestUri!, request, request.Content?.Headers.ContentType?.MediaType, body));
        return Answer(Seen.Count);
    }
}
