using Line.Tests.Clients;

namespace Line.Tests.Tokens;

public sealed class ChannelTokenClientTests : ClientTest
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private ChannelTokenClient Client => new(Server.Http, Server.Endpoints);

    [Fact]
    public async Task Given_a_secret_or_an_assertion_When_a_token_is_issued_Then_each_kind_goes_to_its_own_address()
    {
        Server.Answers(200, """{"token_type":"Bearer","access_token":"t","expires_in":900,"key_id":"k"}""");

        (await Client.IssueStatelessAsync(Channel, "s")).ShouldBe(new ChannelAccessToken("t", TimeSpan.FromMinutes(15), "k"));
        await Client.IssueStatelessAsync("jwt");
        await Client.IssueAsync("jwt");
        await Client.IssueShortLivedAsync(Channel, "s");

        Server.Seen.Select(seen => seen.Path).ShouldBe(["/oauth2/v3/token", "/oauth2/v3/token", "/oauth2/v2.1/token", "/v2/oauth/accessToken"]);
        Server.Seen.ShouldAllBe(seen => seen.Form["grant_type"] == "client_credentials");
        Server.Seen.Where(seen => seen.Form.ContainsKey("client_secret")).Select(seen => seen.Form["client_id"] + seen.Form["client_secret"]).ShouldBe(["1234567890s", "1234567890s"]);
        Server.Seen.Where(seen => seen.Form.ContainsKey("client_assertion")).Select(seen => seen.Form["client_assertion_type"]).ShouldBe([AssertionType, AssertionType]);
    }

    [Fact]
    public async Task Given_a_token_When_verified_Then_a_good_one_tells_its_channel_and_a_bad_one_is_null()
    {
        Server.Answers(200, """{"client_id":"1234567890","expires_in":60,"scope":"P CM"}""");
        (await Client.VerifyAsync("t/1")).ShouldBe(new ChannelTokenInfo(Channel, TimeSpan.FromMinutes(1), "P CM"));
        Server.Answers(400, """{"error":"invalid_request","error_description":"The access token expired"}""");
        (await Client.VerifyShortLivedAsync("t")).ShouldBeNull();

        Server.Seen[0].Parameters["access_token"].ShouldBe("t/1");
        (Server.Seen[1].Path, Server.Seen[1].Form["access_token"]).ShouldBe(("/v2/oauth/verify", "t"));
    }

    [Fact]
    public async Task Given_tokens_When_listed_and_revoked_Then_LINE_is_asked_as_it_describes()
    {
        Server.Answers(200, """{"kids":["a","b"]}""");
        (await Client.GetKeyIdsAsync("j.w.t")).ShouldBe(["a", "b"]);
        Server.Answers(200, "");
        await Client.RevokeAsync(Channel, "s", "t");
        await Client.RevokeShortLivedAsync("t");

        Server.Seen.Select(seen => seen.Path).ShouldBe(["/oauth2/v2.1/tokens/kid", "/oauth2/v2.1/revoke", "/v2/oauth/revoke"]);
        Server.Seen[0].Parameters["client_assertion_type"].ShouldBe(AssertionType);
        Server.Seen[1].Form["client_secret"].ShouldBe("s");
    }

    [Fact]
    public async Task Given_an_answer_without_a_token_When_issued_Then_the_exception_names_what_is_missing()
    {
        Server.Answers(200, """{"expires_in":900}""");
        (await Should.ThrowAsync<LineApiException>(() => Client.IssueStatelessAsync(Channel, "s"))).Message.ShouldContain("access_token");
    }

    [Fact]
    public async Task Given_a_401_to_a_held_token_When_the_next_call_is_made_Then_it_bears_a_new_token()
    {
        var count = 0;
        var source = new StatelessTokenSource(_ => Task.FromResult(new ChannelAccessToken($"t{++count}", TimeSpan.FromMinutes(15), null)), new ManualClock());
        var channel = new LineClient(Server.Http, source, new() { Endpoints = Server.Endpoints, Retry = LineRetry.None }).Channel;
        Server.Answers(401, """{"message":"Authentication failed"}""");
        await Should.ThrowAsync<LineApiException>(() => channel.GetBotInfoAsync());
        await Should.ThrowAsync<LineApiException>(() => channel.GetBotInfoAsync());
        Server.Seen.Select(seen => seen.Headers["Authorization"]).ShouldBe(["Bearer t1", "Bearer t2"]);
    }
}
