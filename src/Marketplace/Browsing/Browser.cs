using System.Net;

namespace Marketplace.Browsing;

/// <summary>A person's browser without a screen: cookies, redirects, links and forms, over real HTTP. No script.</summary>
internal sealed class Browser : IDisposable
{
    private const int RedirectsMax = 10;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false }) { Timeout = AnswerMax };

    public Browser()
    {
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        _http.DefaultRequestHeaders.Add("Accept-Language", "en");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Opens an address.</summary>
    public Task<Page> OpenAsync(Uri address, CancellationToken cancellationToken) =>
        FollowAsync(new HttpRequestMessage(HttpMethod.Get, address), cancellationToken);

    /// <summary>Clicks what has this hook: follows a link, or sends the form of a button.</summary>
    /// <param name="fill">Fills the form in first.</param>
    /// <exception cref="PageException">It is not on the page, or can be no more clicked than a picture.</exception>
    public Task<Page> ClickAsync(Page page, string testId, CancellationToken cancellationToken, Action<Form>? fill = null)
    {
        var clicked = page.Get(testId);
        if (clicked is { Name: "a" } && clicked["href"] is { } href)
            return OpenAsync(new Uri(page.Address, href), cancellationToken);

        return clicked.Name == "button" && clicked.Ancestors.FirstOrDefault(element => element.Name == "form") is { } form
            ? SubmitAsync(page, form, clicked, cancellationToken, fill)
            : throw new PageException($"a link, or a button in a form, with the hook '{testId}'", $"<{clicked.Name}> on {page.Describe()}");
    }

    /// <summary>Sends a form by one of its buttons.</summary>
    public Task<Page> SubmitAsync(Page page, Element form, Element button, CancellationToken cancellationToken, Action<Form>? fill = null)
    {
        var filled = new Form(form);
        fill?.Invoke(filled);
        filled.With(button);
        var target = new Uri(page.Address, filled.Action ?? page.Address.PathAndQuery);
        var content = new FormUrlEncodedContent(filled.Fields);
        return FollowAsync(
            filled.IsQuery
                ? new HttpRequestMessage(HttpMethod.Get, new UriBuilder(target) { Query = Query(filled.Fields) }.Uri)
                : new HttpRequestMessage(HttpMethod.Post, target) { Content = content },
            cancellationToken);
    }

    private static string Query(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));

    private async Task<Page> FollowAsync(HttpRequestMessage first, CancellationToken cancellationToken)
    {
        var way = new List<Uri>();
        for (var request = first; way.Count <= RedirectsMax;)
        {
            using var sent = request;
            way.Add(sent.RequestUri!);
            using var answer = await _http.SendAsync(sent, cancellationToken);
            if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } location)
            {
                request = new HttpRequestMessage(HttpMethod.Get, new Uri(sent.RequestUri!, location));
                continue;
            }

            var html = await answer.Content.ReadAsStringAsync(cancellationToken);
            return new Page(sent.RequestUri!, answer.StatusCode, HtmlReader.Read(html), way);
        }

        throw new PageException($"at most {RedirectsMax} redirects", string.Join(" → ", way));
    }
}
