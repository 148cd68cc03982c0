using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Line;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

public sealed class AttachFlowTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string ReturnUrl = "http://127.0.0.1:5080/orders/1?x=y";

    [Fact]
    public async Task Given_a_consent_When_LINE_sends_the_owner_back_with_a_code_Then_the_account_is_attached_and_the_portal_can_read_it()
    {
        var bot = BotId.FromBits((UInt128)Random.Shared.NextInt64() + 1);
        gateway.Line.TokenAnswer = _ => (200, $$"""{"bot_id":"{{bot}}","scopes":["message:send","message:receive"]}""");
        var id = Guid.NewGuid();
        var query = await StartAsync(id);
        query["response_type"].ShouldBe("code");
        query["client_id"].ShouldBe(GatewayHost.ModuleChannelId);
        query["code_challenge_method"].ShouldBe("S256");
        query["redirect_uri"].ShouldBe("http://127.0.0.1:5081/attach/callback");
        ((string?)(await gateway.ManageAsync($"/management/attach-requests/{id}"))["state"]).ShouldBe("pending");

        var back = await CallbackAsync($"code=abc&state={query["state"]}");
        back.ShouldNotBeNull().ShouldStartWith($"{ReturnUrl}&attachRequest={id}&proof=");
        var form = HttpUtility.ParseQueryString(gateway.Line.TokenForms.Single(one => one.Contains("code=abc")));
        Pkce.ChallengeOf(form["code_verifier"]!).ShouldBe(query["code_challenge"]);

        var shown = await gateway.ManageAsync($"/management/attach-requests/{id}");
        ((string?)shown["state"]).ShouldBe("attached");
        ((string?)shown["botId"]).ShouldBe(bot.ToString());
        ((string?)shown["displayName"]).ShouldBe("A shop");
        ((string?)(await gateway.ManageAsync($"/management/accounts/{bot}"))["connection"]).ShouldBe("attached");

        // The page loaded again changes nothing and goes to the same place.
        (await CallbackAsync($"code=abc&state={query["state"]}")).ShouldBe(back);
        gateway.Line.TokenForms.Count(one => one.Contains("code=abc")).ShouldBe(1);
    }

    [Fact]
    public async Task Given_an_attached_account_When_somebody_without_LINEs_code_asks_Then_only_the_browser_that_brought_it_has_the_proof()
    {
        var bot = BotId.FromBits((UInt128)Random.Shared.NextInt64() + 1);
        gateway.Line.TokenAnswer = _ => (200, $$"""{"bot_id":"{{bot}}","scopes":["message:send","message:receive"]}""");
        var id = Guid.NewGuid();
        var query = await StartAsync(id);
        var back = await CallbackAsync($"code=secret&state={query["state"]}");
        var proof = HttpUtility.ParseQueryString(new Uri(back!).Query)["proof"];

        (await IsProvenAsync(id, proof)).ShouldBeTrue();
        (await IsProvenAsync(id, null)).ShouldBeFalse();
        (await IsProvenAsync(id, "made-up")).ShouldBeFalse();

        // Whoever began the trip knows its state; with a code of their own they get another proof, and without one none.
        var guessed = HttpUtility.ParseQueryString(new Uri((await CallbackAsync($"code=guess&state={query["state"]}"))!).Query)["proof"];
        (await IsProvenAsync(id, guessed)).ShouldBeFalse();
        (await CallbackAsync($"state={query["state"]}")).ShouldBe($"{ReturnUrl}&attachRequest={id}");
    }

    [Fact]
    public async Task Given_a_consent_When_the_owner_refuses_Then_the_portal_reads_refused_and_why()
    {
        var id = Guid.NewGuid();
        var query = await StartAsync(id);
        await CallbackAsync($"error=access_denied&error_description=The+user+closed+it&state={query["state"]}");
        var shown = await gateway.ManageAsync($"/management/attach-requests/{id}");
        ((string?)shown["state"]).ShouldBe("refused");
        ((string?)shown["error"]).ShouldBe("access_denied");
    }

    [Fact]
    public async Task Given_a_consent_When_LINE_refuses_the_code_Then_the_portal_reads_failed_and_no_account_is_attached()
    {
        gateway.Line.TokenAnswer = form => form.Contains("code=used") ? (400, """{"error":"invalid_grant","error_description":"The code was used."}""") : null;
        var id = Guid.NewGuid();
        var query = await StartAsync(id);
        await CallbackAsync($"code=used&state={query["state"]}");
        var shown = await gateway.ManageAsync($"/management/attach-requests/{id}");
        ((string?)shown["state"]).ShouldBe("failed");
        ((string?)shown["error"]).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Given_a_callback_that_nobody_asked_for_When_it_comes_Then_it_is_refused()
    {
        using var answer = await gateway.Http.GetAsync("/attach/callback?code=abc&state=made-up");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_a_second_trip_When_the_first_trips_answer_comes_Then_it_is_not_taken()
    {
        var id = Guid.NewGuid();
        var first = await StartAsync(id);
        await StartAsync(id);
        using var answer = await gateway.Http.GetAsync($"/attach/callback?code=abc&state={first["state"]}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_a_return_URL_elsewhere_When_a_consent_is_asked_for_Then_it_is_refused()
    {
        using var answer = await PostAsync(Guid.NewGuid(), "https://evil.example/steal");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<System.Collections.Specialized.NameValueCollection> StartAsync(Guid id)
    {
        using var answer = await PostAsync(id, ReturnUrl);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var url = new Uri((string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["authorizeUrl"]!);
        url.GetLeftPart(UriPartial.Path).ShouldBe(gateway.Line.Origin + "/module/auth/v1/authorize");
        return HttpUtility.ParseQueryString(url.Query);
    }

    private async Task<bool> IsProvenAsync(Guid id, string? proof) => (bool)(await gateway.ManageAsync($"/management/attach-requests/{id}?proof={proof}"))["isProven"]!;

    private async Task<HttpResponseMessage> PostAsync(Guid id, string returnUrl)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/management/attach-requests") { Content = JsonContent.Create(new { id, scopes = Scopes.Base, returnUrl }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {GatewayHost.ManagementKey}");
        return await gateway.Http.SendAsync(request);
    }

    private async Task<string?> CallbackAsync(string query)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = gateway.Http.BaseAddress };
        using var answer = await browser.GetAsync($"/attach/callback?{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.Location?.ToString();
    }
}
