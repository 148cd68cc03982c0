using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace Line.Tests.Clients;

public sealed class ModuleAttachClientTests : ClientTest
{
    private ModuleAttachClient Client => new(Server.Http, Server.Endpoints, Channel, "secret-1");

    private static AttachRequest Request => new()
    {
        RedirectUrl = "https://gateway.example/attach/callback?x=1",
        Scopes = ["message:send", "message:receive"],
        State = "Ab12",
        BasicSearchId = "@abc1234x",
        Region = "TW",
        BrandTypes = ["premium", "verified"],
        Pkce = new Pkce("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), // RFC 7636, appendix B.
    };

    [Fact]
    public void Given_all_parameters_When_the_authorization_URL_is_made_Then_it_has_them_as_LINE_wants_them()
    {
        var url = Client.AuthorizeUrl(Request);

        url.AbsolutePath.ShouldBe("/module/auth/v1/authorize");
        url.Query.ShouldContain("scope=message%3Asend%20message%3Areceive&");
        var query = QueryHelpers.ParseQuery(url.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        query.ShouldBe(new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["client_id"] = "1234567890",
            ["redirect_uri"] = "https://gateway.example/attach/callback?x=1",
            ["scope"] = "message:send message:receive",
            ["state"] = "Ab12",
            ["region"] = "TW",
            ["basic_search_id"] = "@abc1234x",
            ["brand_type"] = "premium verified",
            ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", // The same appendix.
            ["code_challenge_method"] = "S256",
        }, ignoreOrder: true);
    }

    [Fact]
    public void Given_only_what_is_needed_When_the_authorization_URL_is_made_Then_nothing_else_is_in_it()
    {
        var url = Client.AuthorizeUrl(new AttachRequest { RedirectUrl = "https://a.example/", Scopes = ["message:send"], State = "s" });
        QueryHelpers.ParseQuery(url.Query).Keys.Order().ShouldBe(["client_id", "redirect_uri", "response_type", "scope", "state"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a%20b")]
    public void Given_a_state_that_LINE_would_not_take_When_the_URL_is_made_Then_it_is_refused(string state) =>
        Should.Throw<ArgumentException>(() => Client.AuthorizeUrl(Request with { State = state }));

    [Theory]
    [InlineData("""{"bot_id":"Uab012345678901234567890123456789","scopes":["message:send"]}""")]
    [InlineData("""{"bot_id":"Uab012345678901234567890123456789","scope":"message:send"}""")]
    public async Task Given_a_code_When_exchanged_Then_the_values_are_repeated_and_either_spelling_of_scopes_is_read(string answer)
    {
        Server.Answers(200, answer);

        var attached = await Client.ExchangeAsync(Request, "code-1");

        attached.Bot.ShouldBe(Bot);
        attached.Scopes.ShouldBe(["message:send"]);
        var seen = Server.Seen.Single();
        seen.Path.ShouldBe("/module/auth/v1/token");
        seen.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String("1234567890:secret-1"u8));
        seen.Form.ShouldBe(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = "code-1",
            ["redirect_uri"] = "https://gateway.example/attach/callback?x=1",
            ["scope"] = "message:send message:receive",
            ["region"] = "TW",
            ["basic_search_id"] = "@abc1234x",
            ["brand_type"] = "premium verified",
            ["code_verifier"] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task Given_a_used_code_When_exchanged_Then_the_refusal_has_its_OAuth_code()
    {
        Server.Answers(400, """{"error":"invalid_grant","error_description":"The code was used."}""");
        var refusal = await Should.ThrowAsync<LineApiException>(() => Client.ExchangeAsync(Request, "code-1"));
        (refusal.Status, refusal.ErrorCode, refusal.Message).ShouldBe((HttpStatusCode.BadRequest, "invalid_grant", "The code was used."));
    }

    [Fact]
    public void Given_two_new_proofs_When_made_Then_they_differ_and_have_the_length_that_the_RFC_asks_for()
    {
        var (one, other) = (Pkce.Create(), Pkce.Create());
        one.Verifier.ShouldNotBe(other.Verifier);
        one.Verifier.Length.ShouldBeInRange(43, 128);
        one.ToString().ShouldNotContain(one.Verifier);
    }
}
