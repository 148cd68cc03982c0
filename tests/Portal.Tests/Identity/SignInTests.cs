using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Identity;

public sealed class SignInTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private PersonId _lin;

    public async Task InitializeAsync()
    {
        _portal = await PortalHost.StartAsync();
        _lin = await _portal.InDatabaseAsync(async db =>
        {
            var lin = new Person { Id = PersonId.New(), DisplayName = "林小姐", Email = "lin@example.com", Language = "zh-TW", CreatedAt = _portal.Clock.GetUtcNow() };
            var salon = new Organisation { Id = TenantId.New(), Slug = "qinglan", Name = "青嵐髮廊", Country = "TW", CreatedAt = _portal.Clock.GetUtcNow() };
            db.AddRange(lin, salon, new Membership { TenantId = salon.Id, PersonId = lin.Id, Role = Role.Owner });
            await db.SaveChangesAsync();
            return lin.Id;
        });
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_a_demo_person_When_their_button_is_pressed_Then_they_are_signed_in_and_back_where_they_came_from()
    {
        using var browser = _portal.NewBrowser();
        var signIn = await browser.OpenAsync("/sign-in?returnUrl=%2Fo%2Fqinglan%2Faccounts");
        signIn.TextOf("sign-in-lin").ShouldContain("青嵐髮廊 (owner)");

        var accounts = await browser.PressAsync(signIn, "sign-in-lin");

        accounts.Path.ShouldBe("/o/qinglan/accounts");
        accounts.TextOf("account-menu").ShouldContain("林小姐");
        accounts.Has("accounts-empty").ShouldBeTrue();
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Given_a_way_back_that_leaves_the_site_When_somebody_signs_in_Then_they_stay(string returnUrl)
    {
        using var browser = _portal.NewBrowser();
        var signIn = await browser.OpenAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");

        (await browser.PressAsync(signIn, "sign-in-lin")).Path.ShouldBe("/o/qinglan/accounts");
    }

    [Fact]
    public async Task Given_somebody_signed_in_When_they_sign_out_Then_they_are_nobody()
    {
        var lin = await Buyer.AsAsync(_portal, _lin);

        var front = await lin.Browser.PressAsync(await lin.Browser.OpenAsync("/o/qinglan/accounts"), "sign-out");

        front.Path.ShouldBe("/");
        (await lin.Browser.OpenAsync("/o/qinglan/accounts")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Given_a_new_person_When_they_sign_up_Then_they_are_signed_in_without_an_organisation()
    {
        var buyer = await Buyer.NewAsync(_portal, "Yu-Chen");

        (await buyer.Browser.OpenAsync("/my-accounts")).Path.ShouldStartWith("/catalog");
        (await _portal.InDatabaseAsync(db => db.Memberships.CountAsync())).ShouldBe(1, "only Ms Lin has one");
    }

    [Theory]
    [InlineData("", "new@example.com", "Please tell us your name")]
    [InlineData("Yu-Chen", "no address", "Please check the e-mail address")]
    [InlineData("Yu-Chen", "LIN@example.com", "Somebody with this e-mail is here already")]
    public async Task Given_something_wrong_When_somebody_signs_up_Then_the_field_says_so_and_what_was_typed_stays(string name, string email, string sentence)
    {
        using var browser = _portal.NewBrowser();

        var page = await browser.PressAsync(await browser.OpenAsync("/sign-in"), "sign-up", ("Input.Name", name), ("Input.Email", email), ("Input.Passphrase", Buyer.Passphrase));

        page.Text.ShouldContain(sentence);
        page.AttributeOf("sign-up-email", "value").ShouldBe(email);
        (await _portal.InDatabaseAsync(db => db.People.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_person_who_was_removed_When_they_come_with_their_old_cookie_Then_they_are_nobody()
    {
        var lin = await Buyer.AsAsync(_portal, _lin);
        await _portal.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.Memberships.ToListAsync());
            db.RemoveRange(await db.People.ToListAsync());
            return await db.SaveChangesAsync();
        });

        (await lin.Browser.OpenAsync("/o/qinglan/accounts")).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Given_development_sign_in_is_off_When_somebody_tries_it_all_the_same_Then_nobody_is_listed_and_nobody_gets_in()
    {
        using var before = _portal.NewBrowser();
        var form = await before.OpenAsync("/sign-in");
        await _portal.RestartAsync(("Identity:DevelopmentSignIn", "false"));

        var signIn = await before.OpenAsync("/sign-in");
        signIn.Has("sign-in-lin").ShouldBeFalse();
        signIn.Has("sign-in-go").ShouldBeTrue("people prove who they are instead");
        (await before.PostAsync("/sign-in/as", form, ("person", _lin.ToString()))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await before.OpenAsync("/o/qinglan/accounts")).Address.AbsolutePath.ShouldBe("/sign-in");
    }
}
