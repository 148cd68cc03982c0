using System.Net;
using System.Net.Http.Json;
using Line;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Development;

public sealed class DevelopmentModuleTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_a_claimed_account_without_a_first_one_When_a_module_is_opened_for_it_by_name_Then_it_is_on_with_all_scopes_and_answers_first()
    {
        await _portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(_portal);
        var bot = ShopWindow.NewBot();
        await buyer.BuyAsync("keyword-reply", bot, "Qinglan Hair");

        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook", accountName = "青嵐髮廊" });

        opened.BotId.ShouldBe(bot);
        var (module, linkage, account) = await _portal.InDatabaseAsync(async db => (
            await db.Modules.SingleAsync(row => row.IsDevelopment),
            await db.Linkages.SingleAsync(row => row.Id == new LinkageId(opened.LinkageId!.Value)),
            await db.OfficialAccounts.SingleAsync()));
        module.ChannelId.ToString().ShouldBe(opened.ChannelId);
        module.ProtectedSecret.ShouldNotContain(opened.ChannelSecret);
        _portal.Secrets.Unprotect(module.ProtectedSecret).ShouldBe(opened.ChannelSecret);
        linkage.State.ShouldBe(LinkageState.On);
        linkage.Scopes.ShouldBe(Scopes.Base);
        linkage.TenantId.ShouldBe(account.TenantId);
        account.DefaultLinkageId.ShouldBe(linkage.Id);
    }

    [Fact]
    public async Task Given_an_account_that_somebody_answers_first_on_When_a_development_module_comes_Then_it_stands_by()
    {
        await _portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(_portal);
        var bot = ShopWindow.NewBot();
        await buyer.BuyAndTurnOnAsync("keyword-reply", bot, "Qinglan Hair");

        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook", botId = bot.ToString() });

        (await _portal.InDatabaseAsync(db => db.OfficialAccounts.SingleAsync())).DefaultLinkageId.ShouldNotBe(new LinkageId(opened.LinkageId!.Value));
        (await buyer.Browser.OpenAsync("/o/qinglan-hair/accounts")).Text.ShouldContain("127.0.0.1:9000");
    }

    [Fact]
    public async Task Given_a_connected_account_that_nobody_claimed_When_a_module_is_opened_for_it_Then_the_developers_own_it()
    {
        var bot = await _portal.ConnectAsync(ShopWindow.NewBot());

        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook", botId = bot.ToString() });

        opened.LinkageId.ShouldNotBeNull();
        var (owner, name) = await _portal.InDatabaseAsync(async db =>
        {
            var account = await db.OfficialAccounts.SingleAsync();
            return (account.TenantId, (await db.Organisations.SingleAsync(row => row.Slug == "developers")).Id);
        });
        owner.ShouldBe(name);
    }

    [Fact]
    public async Task Given_no_such_account_When_a_module_is_opened_Then_it_has_credentials_and_no_linkage()
    {
        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook", accountName = "Nowhere" });

        opened.BotId.ShouldBeNull();
        opened.LinkageId.ShouldBeNull();
        opened.ChannelSecret.Length.ShouldBe(32);
    }

    [Fact]
    public async Task Given_two_at_once_When_they_open_the_first_modules_Then_there_is_one_organisation_and_two_modules()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook" })));

        opened.Select(module => module.ChannelId).Distinct().Count().ShouldBe(2);
        (await _portal.InDatabaseAsync(db => db.Organisations.CountAsync(row => row.Slug == "developers"))).ShouldBe(1);
    }

    [Fact]
    public async Task Given_something_that_is_no_address_When_a_module_is_opened_Then_400_says_what_is_wrong()
    {
        using var http = new HttpClient { BaseAddress = _portal.Address };

        using var response = await http.PostAsJsonAsync("/dev/modules", new { webhookUrl = "ftp://example.com" });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("webhookUrl must be an absolute http or https address.");
    }

    [Fact]
    public async Task Given_development_sign_in_is_off_When_a_module_is_opened_Then_there_is_no_such_door()
    {
        await _portal.RestartAsync(("Identity:DevelopmentSignIn", "false"));
        using var http = new HttpClient { BaseAddress = _portal.Address };

        using var response = await http.PostAsJsonAsync("/dev/modules", new { webhookUrl = "http://127.0.0.1:9000/webhook" });

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_module_in_development_When_its_developer_presses_the_switch_Then_expiry_notices_are_off_and_on_again()
    {
        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook" });
        (await ModuleAsync()).ExpiresSilently.ShouldBeFalse();
        using var browser = new Browser(() => _portal.Address, "en");
        var page = await browser.OpenAsync("/dev/modules");
        page.TextOf($"expiry-{opened.ChannelId}").ShouldBe("Expiry notices on");

        var off = await browser.PressAsync(page, $"expiry-switch-{opened.ChannelId}");

        off.TextOf($"expiry-{opened.ChannelId}").ShouldBe("Expiry notices off");
        var module = await ModuleAsync();
        module.ExpiresSilently.ShouldBeTrue();
        module.Revision.ShouldBe(await _portal.InDatabaseAsync(db => db.CurrentRevisionAsync(CancellationToken.None)), "the gateway follows it");
        await browser.PressAsync(off, $"expiry-switch-{opened.ChannelId}");
        (await ModuleAsync()).ExpiresSilently.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_program_When_it_switches_expiry_notices_off_Then_204_and_only_modules_in_development_have_that_switch()
    {
        await _portal.ListAsync("keyword-reply");
        var listed = await _portal.InDatabaseAsync(db => db.Modules.Select(row => row.Id).SingleAsync());
        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook" });
        using var http = new HttpClient { BaseAddress = _portal.Address };

        (await http.PutAsJsonAsync($"/dev/modules/{opened.ModuleId}/expiry-notices", new { on = false })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await http.PutAsJsonAsync($"/dev/modules/{listed}/expiry-notices", new { on = false })).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await ModuleAsync()).ExpiresSilently.ShouldBeTrue();
        (await _portal.InDatabaseAsync(db => db.Modules.SingleAsync(row => row.Id == listed))).ExpiresSilently.ShouldBeFalse();
        await _portal.RestartAsync(("Identity:DevelopmentSignIn", "false"));
        using var closed = new HttpClient { BaseAddress = _portal.Address };
        (await closed.PutAsJsonAsync($"/dev/modules/{opened.ModuleId}/expiry-notices", new { on = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await closed.GetAsync("/dev/modules")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_module_in_development_When_its_developer_takes_a_new_secret_Then_both_are_shown_for_a_day_and_webhooks_change_over_when_told()
    {
        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook" });
        using var browser = new Browser(() => _portal.Address, "en");
        var page = await browser.OpenAsync("/dev/modules");
        page.TextOf($"secret-{opened.ChannelId}").ShouldBe(opened.ChannelSecret);

        var rotated = await browser.PressAsync(page, $"rotate-{opened.ChannelId}");

        rotated.TextOf($"secret-{opened.ChannelId}").ShouldNotBe(opened.ChannelSecret);
        rotated.TextOf($"previous-secret-{opened.ChannelId}").ShouldBe(opened.ChannelSecret);
        rotated.TextOf($"signing-{opened.ChannelId}").ShouldBe("Webhooks are signed with the previous secret");
        var module = await ModuleAsync();
        _portal.Secrets.Unprotect(module.ProtectedSecret).ShouldBe(rotated.TextOf($"secret-{opened.ChannelId}"));
        _portal.Secrets.Unprotect(module.ProtectedPreviousSecret!).ShouldBe(opened.ChannelSecret);
        module.PreviousSecretUntil!.Value.ShouldBe(_portal.Clock.GetUtcNow().AddHours(24), TimeSpan.FromMinutes(10));
        module.SignsWithPrevious.ShouldBeTrue();
        module.Revision.ShouldBe(await _portal.InDatabaseAsync(db => db.CurrentRevisionAsync(CancellationToken.None)), "the gateway follows it");

        var signing = await browser.PressAsync(rotated, $"sign-new-{opened.ChannelId}");

        signing.TextOf($"signing-{opened.ChannelId}").ShouldBe("Webhooks are signed with the new secret");
        (await ModuleAsync()).SignsWithPrevious.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_webhooks_still_signed_with_the_old_secret_When_a_program_wants_a_third_Then_409_until_it_signs_with_the_new()
    {
        await _portal.ListAsync("keyword-reply");
        var listed = await _portal.InDatabaseAsync(db => db.Modules.Select(row => row.Id).SingleAsync());
        var opened = await OpenAsync(new { webhookUrl = "http://127.0.0.1:9000/webhook" });
        using var http = new HttpClient { BaseAddress = _portal.Address };

        using var first = await http.PutAsync($"/dev/modules/{opened.ModuleId}/secret", null);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var secret = (await first.Content.ReadFromJsonAsync<Rotated>())!.ChannelSecret;
        (await http.PutAsync($"/dev/modules/{opened.ModuleId}/secret", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        _portal.Secrets.Unprotect((await ModuleAsync()).ProtectedSecret).ShouldBe(secret);

        (await http.PutAsync($"/dev/modules/{opened.ModuleId}/signing", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await http.PutAsync($"/dev/modules/{opened.ModuleId}/secret", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _portal.Secrets.Unprotect((await ModuleAsync()).ProtectedPreviousSecret!).ShouldBe(secret);

        foreach (var path in new[] { "secret", "signing" })
            (await http.PutAsync($"/dev/modules/{listed}/{path}", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await _portal.RestartAsync(("Identity:DevelopmentSignIn", "false"));
        using var closed = new HttpClient { BaseAddress = _portal.Address };
        foreach (var path in new[] { "secret", "signing" })
            (await closed.PutAsync($"/dev/modules/{opened.ModuleId}/{path}", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<Module> ModuleAsync() => _portal.InDatabaseAsync(db => db.Modules.AsNoTracking().SingleAsync(row => row.IsDevelopment));

    private async Task<Opened> OpenAsync(object body)
    {
        using var http = new HttpClient { BaseAddress = _portal.Address };
        using var response = await http.PostAsJsonAsync("/dev/modules", body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Opened>())!;
    }

    private sealed record Rotated(string ChannelSecret, DateTimeOffset PreviousSecretUntil);

    private sealed record Opened(string ChannelId, string ChannelSecret, BotId? BotId, Guid ModuleId, Guid? LinkageId);
}
