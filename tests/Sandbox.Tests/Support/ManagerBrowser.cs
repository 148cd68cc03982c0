using System.Net;
using System.Text.RegularExpressions;

namespace Sandbox.Tests.Support;

/// <summary>An account manager's browser: keeps cookies, fills in forms, follows no redirect by itself.</summary>
public sealed partial class ManagerBrowser : IDisposable
{
    private readonly HttpClient _client;

    public ManagerBrowser(Uri address)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        _client = new HttpClient(handler) { BaseAddress = address };
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-TW");
    }

    public Task<HttpResponseMessage> GetAsync(string url) => _client.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute));

    /// <summary>Signs in on the page that the authorization URL leads to, and returns the consent page.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string authorizeUrl, string email, string password)
    {
        using var redirect = await GetAsync(authorizeUrl);
        redirect.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var signInUrl = redirect.Headers.Location!.ToString();
        var page = await (await GetAsync(signInUrl)).Content.ReadAsStringAsync();
        using var answer = await PostAsync("/module/auth/v1/sign-in", [new("form_token", Hidden(page, "form_token")), new("continue", Hidden(page, "continue")), new("email", email), new("password", password)]);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return await GetAsync(answer.Headers.Location!.ToString());
    }

    /// <summary>Presses a button of the consent page.</summary>
    public Task<HttpResponseMessage> DecideAsync(string authorizeUrl, string consentPage, string decision, string? botId, params IEnumerable<string> scopes)
    {
        var fields = new List<KeyValuePair<string, string>> { new("form_token", Hidden(consentPage, "form_token")), new("decision", decision) };
        if (botId is not null)
            fields.Add(new("bot_id", botId));
        fields.AddRange(scopes.Select(scope => new KeyValuePair<string, string>("scope", scope)));
        return PostAsync(authorizeUrl, fields);
    }

    public Task<HttpResponseMessage> PostAsync(string url, IEnumerable<KeyValuePair<string, string>> fields) =>
        _client.PostAsync(new Uri(url, UriKind.RelativeOrAbsolute), new FormUrlEncodedContent(fields));

    public void Dispose() => _client.Dispose();

    public static string Hidden(string page, string name)
    {
        var match = HiddenField().Matches(page).FirstOrDefault(field => field.Groups["name"].Value == name);
        match.ShouldNotBeNull($"The page has no hidden field {name}.");
        return WebUtility.HtmlDecode(match.Groups["value"].Value);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\">")]
    private static partial Regex HiddenField();
}
