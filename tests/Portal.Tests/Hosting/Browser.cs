using System.Net;

namespace Portal.Tests.Hosting;

/// <summary>A browser without a script: follows links within the site, keeps cookies, fills in and sends the forms that a page shows.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
    private readonly Func<Uri> _origin;

    /// <param name="origin">Where the site is now: a restart may give it another port, and cookies do not mind.</param>
    public Browser(Func<Uri> origin, string language)
    {
        _origin = origin;
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        _http.DefaultRequestHeaders.Add("Accept-Language", language);
    }

    /// <summary>Opens an address and follows redirects within the site; one that leaves the site is the end of the way.</summary>
    public Task<Page> OpenAsync(string address) => GoAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_origin(), address)));

    /// <summary>Presses the button or follows the link with this test id, with these fields filled in.</summary>
    public Task<Page> PressAsync(Page page, string testId, params (string Name, string Value)[] fields) =>
        page.FormOf(testId) is { } form ? GoAsync(form.Submit(page, _origin(), testId, fields)) : OpenAsync(page.LinkOf(testId));

    /// <summary>Posts a form's fields to an address, with the antiforgery token of a page.</summary>
    public Task<Page> PostAsync(string address, Page tokenFrom, params (string Name, string Value)[] fields) =>
        GoAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_origin(), address))
        {
            Content = new FormUrlEncodedContent([.. tokenFrom.AntiforgeryToken(), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]),
        });

    /// <summary>Sends a file as a form of a page would.</summary>
    public Task<Page> UploadAsync(string address, Page tokenFrom, byte[] file, string name, params (string Name, string Value)[] fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (key, value) in tokenFrom.AntiforgeryToken().Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))))
            content.Add(new StringContent(value), key);
        content.Add(new ByteArrayContent(file), "file", name);
        return GoAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_origin(), address)) { Content = content });
    }

    /// <summary>A file, as bytes.</summary>
    public Task<byte[]> DownloadAsync(string address) => _http.GetByteArrayAsync(new Uri(_origin(), address));

    public void Dispose() => _http.Dispose();

    private async Task<Page> GoAsync(HttpRequestMessage request)
    {
        const int RedirectsMax = 10;
        for (var hop = 0; hop <= RedirectsMax; hop++)
        {
            using var response = await _http.SendAsync(request);
            var here = response.RequestMessage!.RequestUri!;
            if (response.Headers.Location is not { } location)
                return new Page(here, response.StatusCode, await response.Content.ReadAsStringAsync()) { Policy = string.Join("; ", response.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy : []) };

            var next = new Uri(here, location);
            if (next.Authority != _origin().Authority)
                return new Page(next, response.StatusCode, "");

            request = new HttpRequestMessage(HttpMethod.Get, next);
        }

        throw new InvalidOperationException($"More than {RedirectsMax} redirects.");
    }
}
