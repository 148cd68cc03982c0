using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Identity;

public sealed class SecurityTests : IAsyncLifetime
{
    private const string Email = "yuchen@example.com";
    private const string Security = "/account/security";
    private PortalHost _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_a_person_with_a_passphrase_When_they_sign_in_with_it_Then_they_are_back_where_they_came_from()
    {
        await SignUpAsync();
        using var browser = _portal.NewBrowser();

        var page = await SignInAsync(browser, Email.ToUpperInvariant(), Buyer.Passphrase, Security);

        page.Path.ShouldBe(Security);
        page.Text.ShouldContain(Email);
    }

    [Fact]
    public async Task Given_an_unknown_e_mail_and_a_wrong_passphrase_When_somebody_signs_in_Then_the_two_answers_are_the_same()
    {
        await SignUpAsync();
        using var browser = _portal.NewBrowser();

        var wrong = await SignInAsync(browser, Email, "not this one at all");
        var unknown = await SignInAsync(browser, "nobody@example.com", "not this one at all");

        wrong.TextOf("sign-in-refused").ShouldBe(unknown.TextOf("sign-in-refused"));
        wrong.Status.ShouldBe(unknown.Status);
    }

    [Fact]
    public async Task Given_ten_wrong_tries_When_the_right_passphrase_comes_Then_it_is_refused_with_the_same_words_until_15_minutes_have_passed()
    {
        await SignUpAsync();
        using var browser = _portal.NewBrowser();
        for (var attempt = 0; attempt < Credentials.FailuresMax; attempt++)
            (await SignInAsync(browser, Email, $"wrong lanterns {attempt}")).Has("sign-in-refused").ShouldBeTrue();

        (await SignInAsync(browser, Email, Buyer.Passphrase)).Has("sign-in-refused").ShouldBeTrue();
        _portal.Clock.Advance(Credentials.LockTime);
        (await SignInAsync(browser, Email, Buyer.Passphrase)).Has("account-menu").ShouldBeTrue();
    }

    [Theory]
    [InlineData("short one")]
    [InlineData("aaaaaaaaaaaaaaaaaa")]
    [InlineData("yuchen@example.com")]
    public async Task Given_a_passphrase_that_is_easily_guessed_When_somebody_signs_up_Then_it_is_refused(string passphrase)
    {
        using var browser = _portal.NewBrowser();

        var page = await browser.PressAsync(await browser.OpenAsync("/sign-in"), "sign-up", ("Input.Name", "Yu-Chen"), ("Input.Email", Email), ("Input.Passphrase", passphrase));

        page.Text.ShouldContain("12 to 200 characters");
        (await _portal.InDatabaseAsync(db => db.People.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_new_person_When_they_follow_the_mail_and_say_yes_Then_the_address_is_confirmed()
    {
        using var browser = await SignUpAsync();
        (await browser.OpenAsync(Security)).Has("email-confirmed").ShouldBeFalse();

        var page = await browser.OpenAsync((await _portal.Post.NextAsync(Email)).Link);
        (await browser.OpenAsync(Security)).Has("email-confirmed").ShouldBeFalse("a program that opens links confirms nothing");
        (await browser.PressAsync(page, "confirm")).Has("confirm-done").ShouldBeTrue();

        (await browser.OpenAsync(Security)).Has("email-confirmed").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_forgotten_passphrase_When_the_mailed_link_is_used_Then_the_new_one_holds_every_browser_is_out_and_the_link_is_dead()
    {
        using var old = await SignUpAsync();
        await _portal.Post.NextAsync(Email);
        using var browser = _portal.NewBrowser();
        await ForgetAsync(browser, Email);
        var link = (await _portal.Post.NextAsync(Email)).Link;

        var signIn = await browser.PressAsync(await browser.OpenAsync(link), "reset-go", ("Passphrase", "eight copper kettles"));

        signIn.Has("said-reset").ShouldBeTrue();
        (await old.OpenAsync(Security)).Address.AbsolutePath.ShouldBe("/sign-in");
        (await SignInAsync(browser, Email, Buyer.Passphrase)).Has("sign-in-refused").ShouldBeTrue();
        (await SignInAsync(browser, Email, "eight copper kettles")).Has("account-menu").ShouldBeTrue();
        using var again = _portal.NewBrowser();
        (await again.PressAsync(await again.OpenAsync(link), "reset-go", ("Passphrase", "nine copper kettles"))).Has("reset-dead").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_reset_link_of_more_than_an_hour_ago_When_it_is_opened_Then_it_is_dead()
    {
        using var browser = await SignUpAsync();
        await _portal.Post.NextAsync(Email);
        await ForgetAsync(browser, Email);
        var link = (await _portal.Post.NextAsync(Email)).Link;

        _portal.Clock.Advance(TimeSpan.FromHours(1));

        (await browser.OpenAsync(link)).Has("reset-dead").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_unknown_address_When_a_reset_is_asked_for_Then_the_answer_is_the_same_and_no_mail_leaves()
    {
        await SignUpAsync();
        await _portal.Post.NextAsync(Email);
        using var browser = _portal.NewBrowser();

        var unknown = await ForgetAsync(browser, "nobody@example.com");
        var known = await ForgetAsync(browser, Email);

        unknown.TextOf("forgot-sent").ShouldBe(known.TextOf("forgot-sent"));
        await _portal.Post.NextAsync(Email);
        _portal.Post.All.ShouldAllBe(letter => letter.To == Email);
    }

    [Fact]
    public async Task Given_two_browsers_When_one_ends_the_others_session_Then_the_other_is_out_at_its_next_click()
    {
        using var desk = await SignUpAsync();
        using var phone = _portal.NewBrowser();
        await SignInAsync(phone, Email, Buyer.Passphrase);
        (await phone.OpenAsync(Security)).Path.ShouldBe(Security);

        var page = await desk.PressAsync(await desk.OpenAsync(Security), "sessions-end-others");

        page.Has("said").ShouldBeTrue();
        (await phone.OpenAsync(Security)).Address.AbsolutePath.ShouldBe("/sign-in");
        (await desk.OpenAsync(Security)).Path.ShouldBe(Security);
    }

    [Fact]
    public async Task Given_a_session_of_somebody_else_When_its_id_is_posted_Then_it_goes_on()
    {
        using var victim = await SignUpAsync();
        var theirs = await _portal.InDatabaseAsync(db => db.Set<Session>().Select(row => row.Id).SingleAsync());
        var other = await Buyer.NewAsync(_portal);

        await other.Browser.PostAsync("/account/sessions/end", await other.Browser.OpenAsync(Security), ("id", theirs.ToString()));

        (await victim.OpenAsync(Security)).Path.ShouldBe(Security);
    }

    [Fact]
    public async Task Given_somebody_who_signed_out_When_their_old_cookie_comes_back_Then_it_opens_nothing()
    {
        using var browser = await SignUpAsync();
        await browser.PressAsync(await browser.OpenAsync(Security), "sign-out");

        var row = await _portal.InDatabaseAsync(db => db.Set<Session>().AsNoTracking().SingleAsync());
        row.EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Given_a_session_that_nobody_used_for_14_days_When_it_is_used_again_Then_it_has_ended()
    {
        using var browser = await SignUpAsync();
        _portal.Clock.Advance(Session.IdleMax - TimeSpan.FromMinutes(1));
        (await browser.OpenAsync(Security)).Path.ShouldBe(Security);

        _portal.Clock.Advance(Session.IdleMax);

        (await browser.OpenAsync(Security)).Address.AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Given_a_sign_in_of_more_than_ten_minutes_ago_When_something_that_matters_is_opened_Then_it_is_proved_again_first()
    {
        using var browser = await SignUpAsync();
        (await browser.OpenAsync("/account/passphrase")).Path.ShouldBe("/account/passphrase");
        _portal.Clock.Advance(Session.FreshMax);

        var again = await browser.OpenAsync("/account/passphrase");
        again.Has("sign-in-again").ShouldBeTrue();
        var page = await browser.PressAsync(again, "sign-in-go", ("Input.Email", Email), ("Input.Passphrase", Buyer.Passphrase));

        page.Path.ShouldBe("/account/passphrase");
    }

    [Fact]
    public async Task Given_a_new_passphrase_When_it_is_set_Then_this_browser_stays_and_the_others_are_out()
    {
        using var desk = await SignUpAsync();
        using var phone = _portal.NewBrowser();
        await SignInAsync(phone, Email, Buyer.Passphrase);

        var page = await desk.PressAsync(await desk.OpenAsync("/account/passphrase"), "passphrase-go", ("Passphrase", "eight copper kettles"));

        page.Has("said").ShouldBeTrue();
        (await phone.OpenAsync(Security)).Address.AbsolutePath.ShouldBe("/sign-in");
        (await SignInAsync(phone, Email, "eight copper kettles")).Has("account-menu").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_authenticator_app_When_the_passphrase_is_right_Then_its_code_is_asked_for_and_opens_once_and_a_recovery_code_too()
    {
        using var desk = await SignUpAsync();
        var setUp = await desk.OpenAsync("/account/authenticator");
        setUp.Html.ShouldContain("<svg");
        var key = setUp.TextOf("authenticator-key");
        (await desk.PressAsync(setUp, "authenticator-go", ("Input.Code", "000000"))).Has("authenticator-on").ShouldBeFalse();
        var on = await desk.PressAsync(setUp, "authenticator-go", ("Input.Code", Totp(key, _portal.Clock.GetUtcNow())));
        var recovery = on.TextOf("recovery-codes").Split(' ');
        recovery.Length.ShouldBe(10);

        using var phone = _portal.NewBrowser();
        var code = await SignInAsync(phone, Email, Buyer.Passphrase, Security);
        code.Address.AbsolutePath.ShouldBe("/sign-in/code");
        (await phone.OpenAsync(Security)).Address.AbsolutePath.ShouldBe("/sign-in", "a passphrase alone opens nothing");
        var wrong = await phone.PressAsync(code, "code-go", ("Code", "000000"));
        wrong.Text.ShouldContain("not right");
        var digits = Totp(key, _portal.Clock.GetUtcNow().AddSeconds(30)); // A phone's clock may be a little ahead; the code before has opened once.
        (await phone.PressAsync(code, "code-go", ("Code", digits))).Path.ShouldBe(Security);

        using var other = _portal.NewBrowser();
        code = await SignInAsync(other, Email, Buyer.Passphrase, Security);
        (await other.PressAsync(code, "code-go", ("Code", digits))).Text.ShouldContain("used already");
        (await other.PressAsync(code, "code-go", ("Code", recovery[0].ToLowerInvariant()))).Path.ShouldBe(Security);

        using var third = _portal.NewBrowser();
        code = await SignInAsync(third, Email, Buyer.Passphrase, Security);
        (await third.PressAsync(code, "code-go", ("Code", recovery[0]))).Text.ShouldContain("not right");
        var kept = await _portal.InDatabaseAsync(db => db.Set<Microsoft.AspNetCore.Identity.IdentityUserToken<PersonId>>().AsNoTracking().Select(row => row.Value).ToListAsync());
        kept.ShouldAllBe(value => value != null && !value.Contains(key) && !value.Contains(recovery[1]));
    }

    [Fact]
    public async Task Given_a_code_that_opened_before_the_last_one_When_it_comes_again_within_its_time_Then_it_opens_nothing()
    {
        using var desk = await SignUpAsync();
        var setUp = await desk.OpenAsync("/account/authenticator");
        var (key, now) = (setUp.TextOf("authenticator-key"), _portal.Clock.GetUtcNow());
        await desk.PressAsync(setUp, "authenticator-go", ("Input.Code", Totp(key, now)));
        using var phone = _portal.NewBrowser();
        (await phone.PressAsync(await SignInAsync(phone, Email, Buyer.Passphrase, Security), "code-go", ("Code", Totp(key, now.AddSeconds(30))))).Path.ShouldBe(Security);

        using var shoulder = _portal.NewBrowser();
        foreach (var seen in new[] { now, now.AddSeconds(30) })
            (await shoulder.PressAsync(await SignInAsync(shoulder, Email, Buyer.Passphrase, Security), "code-go", ("Code", Totp(key, seen)))).Text.ShouldContain("used already");
    }

    [Fact]
    public async Task Given_too_many_forms_from_one_address_When_another_comes_Then_it_is_refused_for_a_while_and_says_so()
    {
        await _portal.RestartAsync(("Identity:FormsPerMinute", "3"));
        using var browser = _portal.NewBrowser();

        for (var attempt = 0; attempt < 3; attempt++)
            (await SignInAsync(browser, "nobody@example.com", "not this one at all")).Status.ShouldBe(HttpStatusCode.OK);

        var refused = await SignInAsync(browser, "nobody@example.com", "not this one at all");
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Text.ShouldContain("Wait a minute");
        (await browser.OpenAsync("/sign-in")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Browser> SignUpAsync()
    {
        var browser = _portal.NewBrowser();
        var page = await browser.PressAsync(await browser.OpenAsync("/sign-in"), "sign-up", ("Input.Name", "Yu-Chen"), ("Input.Email", Email), ("Input.Passphrase", Buyer.Passphrase));
        page.Has("account-menu").ShouldBeTrue(page.Text);
        return browser;
    }

    private static async Task<Page> SignInAsync(Browser browser, string email, string passphrase, string back = "/catalog") =>
        await browser.PressAsync(await browser.OpenAsync($"/sign-in?returnUrl={Uri.EscapeDataString(back)}"), "sign-in-go", ("Input.Email", email), ("Input.Passphrase", passphrase));

    private static async Task<Page> ForgetAsync(Browser browser, string email) =>
        await browser.PressAsync(await browser.OpenAsync("/sign-in/forgot"), "forgot-go", ("Email", email));

    /// <summary>What the app on the phone shows now. Source: RFC 6238, 30 seconds, SHA-1, six digits.</summary>
    private static string Totp(string key, DateTimeOffset now)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Select(letter => Convert.ToString(Letters.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The apps of this world speak SHA-1 here.
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
