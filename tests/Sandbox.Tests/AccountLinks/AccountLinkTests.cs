using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.AccountLinks;

public sealed class AccountLinkTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Nonce = "aGVsbG8gd29ybGQgMTIzNA==";

    [Fact]
    public async Task Given_a_link_token_When_its_person_opens_the_dialog_and_agrees_Then_the_module_hears_ok_with_the_nonce_and_may_reply()
    {
        await using var shop = await Shop.OpenAsync(host);
        var token = await TokenAsync(shop);

        var dialog = await OpenAsync(token, Nonce);
        var done = await FinishAsync(token, Nonce, shop.PersonId);

        dialog.ShouldContain("測試小店");
        dialog.ShouldContain($"name=\"person\" value=\"{shop.PersonId}\"");
        done.ShouldContain("data-testid=\"account-link-done\"");
        var linked = await shop.Module.NextAsync("accountLink");
        linked.Event.GetProperty("link").GetRawText().ShouldBe($$"""{"result":"ok","nonce":"{{Nonce}}"}""");
        linked.Event.GetProperty("source").GetProperty("userId").GetString().ShouldBe(await shop.UserIdAsync());
        (await shop.ReplyAsync(linked.ReplyToken!, "welcome")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_link_token_When_somebody_else_opens_the_dialog_Then_the_module_hears_failed_without_source_and_reply_token()
    {
        await using var shop = await Shop.OpenAsync(host);
        var other = (await host.PostAsync("/sandbox/api/people", new { name = "Mallory" })).GetProperty("id").GetString()!;
        var token = await TokenAsync(shop);

        (await FinishAsync(token, Nonce, other)).ShouldContain("data-testid=\"account-link-failed\"");

        var failed = await shop.Module.NextAsync("accountLink");
        failed.Event.GetProperty("link").GetRawText().ShouldBe($$"""{"result":"failed","nonce":"{{Nonce}}"}""");
        failed.Event.TryGetProperty("source", out _).ShouldBeFalse();
        failed.Event.TryGetProperty("replyToken", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_token_that_was_used_or_is_too_old_or_a_nonce_of_no_shape_When_the_dialog_is_opened_Then_it_shows_an_error_and_nobody_hears()
    {
        await using var own = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(own);
        var used = await TokenAsync(shop);
        var old = await TokenAsync(shop);
        await FinishAsync(used, Nonce, shop.PersonId, own);
        await shop.Module.NextAsync("accountLink");

        await ErrorAsync(own, used, Nonce, shop.PersonId);
        await ErrorAsync(own, old, "too-short", shop.PersonId);
        await ErrorAsync(own, old, new string('n', 256), shop.PersonId);
        await ErrorAsync(own, old, "<script>alert(1)</script>", shop.PersonId);
        await ErrorAsync(own, "nobody-issued-this", Nonce, shop.PersonId);
        await own.MoveClockAsync(TimeSpan.FromMinutes(10));
        await ErrorAsync(own, old, Nonce, shop.PersonId);
        await shop.WriteAsync("nothing came before this");
        (await shop.Module.NextAsync()).Type.ShouldBe("message");
    }

    [Fact]
    public async Task Given_a_person_who_blocks_the_account_When_they_agree_Then_nothing_is_linked()
    {
        await using var shop = await Shop.OpenAsync(host);
        var token = await TokenAsync(shop);
        await shop.BlockAsync();
        await shop.Module.NextAsync("unfollow");

        await ErrorAsync(host, token, Nonce, shop.PersonId, isOpened: true);
    }

    [Fact]
    public async Task Given_a_page_of_another_origin_When_it_posts_the_form_Then_nothing_is_linked()
    {
        await using var shop = await Shop.OpenAsync(host);
        var token = await TokenAsync(shop);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dialog/bot/accountLink") { Content = Form(token, Nonce, shop.PersonId) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await host.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await FinishAsync(token, Nonce, shop.PersonId)).ShouldContain("account-link-done");
    }

    [Fact]
    public async Task Given_ids_that_are_nobodys_When_a_link_token_is_asked_for_Then_400_for_the_shape_and_404_for_a_stranger()
    {
        await using var shop = await Shop.OpenAsync(host);

        (await shop.PostAsync("/v2/bot/user/U123/linkToken")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'userId' parameter is invalid");
        (await shop.PostAsync($"/v2/bot/user/LU{new string('0', 32)}-{shop.BotId}/linkToken")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
    }

    [Fact]
    public async Task Given_a_link_token_When_the_sandbox_starts_again_Then_it_can_still_be_used_once()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "sandbox.db");
        var first = await SandboxHost.StartAsync(("Sandbox:DataFile", file));
        await using var shop = await Shop.OpenAsync(first);
        var token = await TokenAsync(shop);
        await first.DisposeAsync();
        await using var second = await SandboxHost.StartAsync(("Sandbox:DataFile", file));

        (await FinishAsync(token, Nonce, shop.PersonId, second)).ShouldContain("account-link-done");

        (await shop.Module.NextAsync("accountLink")).Event.GetProperty("link").GetProperty("result").GetString().ShouldBe("ok");
    }

    private static async Task<string> TokenAsync(Shop shop)
    {
        var answer = await shop.PostAsync($"/v2/bot/user/{await shop.UserIdAsync()}/linkToken");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Json.GetProperty("linkToken").GetString()!;
    }

    private Task<string> OpenAsync(string token, string nonce) => host.Http.GetStringAsync(Address(token, nonce));

    private async Task<string> FinishAsync(string token, string nonce, string personId, SandboxHost? at = null)
    {
        using var answer = await (at ?? host).Http.PostAsync("/dialog/bot/accountLink", Form(token, nonce, personId));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task ErrorAsync(SandboxHost at, string token, string nonce, string personId, bool isOpened = false)
    {
        using var shown = await at.Http.GetAsync(Address(token, nonce));
        using var finished = await at.Http.PostAsync("/dialog/bot/accountLink", Form(token, nonce, personId));
        shown.StatusCode.ShouldBe(isOpened ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        finished.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await finished.Content.ReadAsStringAsync();
        page.ShouldContain("data-testid=\"account-link-error\"");
        page.ShouldNotContain("<script");
    }

    private static string Address(string token, string nonce) => $"/dialog/bot/accountLink?linkToken={Uri.EscapeDataString(token)}&nonce={Uri.EscapeDataString(nonce)}";

    private static FormUrlEncodedContent Form(string token, string nonce, string personId) => new([new("linkToken", token), new("nonce", nonce), new("person", personId)]);
}
