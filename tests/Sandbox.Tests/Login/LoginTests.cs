using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Login;

public sealed class LoginTests : IAsyncLifetime, IDisposable
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Redirect = "http://127.0.0.1:5080/sign-in/line/callback";
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });
    private SandboxHost _host = null!;

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync(
        ("Sandbox:LoginChannel:ChannelId", "3000000001"), ("Sandbox:LoginChannel:ChannelSecret", "0123456789abcdef0123456789abcdef"), ("Sandbox:LoginChannel:RedirectUrls:0", Redirect));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task Given_somebody_who_agrees_When_the_code_is_exchanged_with_its_verifier_Then_the_ID_token_names_them_and_bears_the_nonce_and_the_code_is_used_up()
    {
        var callback = await AgreeAsync(Address());
        callback["state"].ShouldBe("st&te");

        using var answer = await ExchangeAsync(callback["code"]!, Verifier);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var claims = JsonDocument.Parse(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(body.GetProperty("id_token").GetString()!.Split('.')[1]))).RootElement;
        claims.GetProperty("nonce").GetString().ShouldBe("n0nce");
        claims.GetProperty("aud").GetString().ShouldBe("3000000001");
        claims.GetProperty("sub").GetString()!.ShouldMatch("^U[0-9a-f]{32}$");
        claims.GetProperty("name").GetString().ShouldNotBeNullOrEmpty();

        using var again = await ExchangeAsync(callback["code"]!, Verifier);
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_another_verifier_When_the_code_is_exchanged_Then_it_is_refused()
    {
        using var answer = await ExchangeAsync((await AgreeAsync(Address()))["code"]!, Verifier.Replace('d', 'e'));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("invalid_grant");
    }

    [Fact]
    public async Task Given_somebody_who_declines_When_they_are_sent_back_Then_the_client_is_told_so()
    {
        var back = await PostAsync(Address(), ("decision", "cancel"));

        back["error"].ShouldBe("access_denied");
        back["state"].ShouldBe("st&te");
    }

    [Theory]
    [InlineData("client_id", "3000000002")]
    [InlineData("redirect_uri", "http://127.0.0.1:5080/elsewhere")]
    [InlineData("response_type", "token")]
    [InlineData("scope", "everything")]
    [InlineData("state", "")]
    public async Task Given_a_wrong_parameter_When_the_page_is_opened_Then_LINE_says_so_and_leads_nowhere(string name, string value)
    {
        using var answer = await _browser.GetAsync(new Uri(_host.Address, Address((name, value))));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    private static string Address(params (string Name, string Value)[] changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = "3000000001", ["redirect_uri"] = Redirect, ["state"] = "st&te", ["scope"] = "profile openid email", ["nonce"] = "n0nce",
            ["code_challenge"] = Shop.Challenge(Verifier), ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
            query[name] = value;
        return QueryHelpers.AddQueryString("/oauth2/v2.1/authorize", query);
    }

    private Task<Dictionary<string, string>> AgreeAsync(string address) => PostAsync(address, ("person", "meiling"));

    private async Task<Dictionary<string, string>> PostAsync(string address, (string Name, string Value) field)
    {
        using var answer = await _browser.PostAsync(new Uri(_host.Address, address), new FormUrlEncodedContent([new(field.Name, field.Value)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }

    private Task<HttpResponseMessage> ExchangeAsync(string code, string verifier) => _host.Http.PostAsync("/oauth2/v2.1/token", new FormUrlEncodedContent(
    [
        new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", Redirect), new("client_id", "3000000001"),
        new("client_secret", "0123456789abcdef0123456789abcdef"), new("code_verifier", verifier),
    ]));
}
