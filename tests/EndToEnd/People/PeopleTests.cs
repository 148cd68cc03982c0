using System.Text.Json.Nodes;
using EndToEnd.Browsing;
using EndToEnd.Story;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.People;

/// <summary>How people come in, on a phone, in a real browser: by mail and passphrase, by LINE, by passkey; and how they are put out.</summary>
[Collection(BrowserTests.Name)]
public sealed class PeopleTests(BrowserFixture browser, MarketplaceProcess marketplace) : IClassFixture<MarketplaceProcess>
{
    private const string Passphrase = "seven paper lanterns";

    private readonly string _mark = Guid.NewGuid().ToString("N")[..8];

    [Theory]
    [InlineData("zh-TW")]
    [InlineData("en")]
    public async Task Given_a_new_person_When_they_sign_up_and_forget_their_passphrase_Then_the_mailbox_leads_them_back_in(string language)
    {
        await using var window = await browser.OpenAsync(Size.Phone, language);
        var email = $"new-{_mark}-{language}@example.com";
        await SignUpAsync(window, "Yu-Chen", email, language);
        await window.Page.GotoAsync(At("/account/security"));
        await window.ShouldFitFingersAsync();
        await window.Page.GotoAsync(await MailedLinkAsync(email, "/account/confirm"));
        await window.Hook("confirm").ClickAsync();
        await Expect(window.Hook("confirm-done")).ToBeVisibleAsync();

        await SignOutAsync(window);
        await window.Page.GotoAsync(At("/sign-in/forgot"));
        await window.Hook("forgot-email").FillAsync(email);
        await window.Hook("forgot-go").ClickAsync();
        await Expect(window.Hook("forgot-sent")).ToBeVisibleAsync();
        await window.Page.GotoAsync(await MailedLinkAsync(email, "/sign-in/reset"));
        await window.Hook("reset-passphrase").FillAsync("eight copper kettles");
        await window.Hook("reset-go").ClickAsync();
        await Expect(window.Hook("said-reset")).ToBeVisibleAsync();
        await window.Hook("sign-in-email").FillAsync(email);
        await window.Hook("sign-in-passphrase").FillAsync("eight copper kettles");
        await window.Hook("sign-in-go").ClickAsync();

        await Expect(window.Hook("account-menu")).ToContainTextAsync("Yu-Chen");
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_somebody_with_LINE_When_they_sign_in_with_it_Then_LINE_says_who_they_are_and_the_second_time_nothing_is_asked()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        await window.Page.GotoAsync(At("/sign-in"));
        await window.ShouldFitFingersAsync();
        await window.Hook("sign-in-line").ClickAsync();
        await window.Page.GetByTestId("line-login-cancel").ClickAsync();
        await Expect(window.Hook("said-line")).ToBeVisibleAsync();

        await window.Hook("sign-in-line").ClickAsync();
        await window.Page.GetByTestId("line-login-meiling").ClickAsync();
        await window.Hook("line-email").FillAsync($"meiling-{_mark}@example.com");
        await window.ShouldFitFingersAsync();
        await window.Hook("line-go").ClickAsync();
        await Expect(window.Hook("account-menu")).ToBeVisibleAsync();

        await SignOutAsync(window);
        await window.Page.GotoAsync(At("/sign-in"));
        await window.Hook("sign-in-line").ClickAsync();
        await window.Page.GetByTestId("line-login-meiling").ClickAsync();
        await Expect(window.Hook("account-menu")).ToBeVisibleAsync();
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_a_device_with_passkeys_When_one_is_added_Then_it_signs_its_person_in_until_it_is_removed()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        await using var devices = await VirtualAuthenticatorAsync(window);
        await SignUpAsync(window, "Yu-Chen", $"passkey-{_mark}@example.com", "zh-TW", Named);
        await window.Page.GotoAsync(Named("/account/security"));
        await Expect(window.Page.Locator("[data-passkey-failed]")).ToBeHiddenAsync();
        await window.Hook("passkey-name").FillAsync("Test phone");
        await window.Hook("passkey-add").ClickAsync();
        await Expect(window.Hook("passkey")).ToContainTextAsync("Test phone");

        await SignOutAsync(window, Named);
        await window.Page.GotoAsync(Named("/sign-in?returnUrl=%2Faccount%2Fsecurity"));
        await window.Hook("sign-in-passkey").ClickAsync();
        await Expect(window.Hook("passkey-remove")).ToBeVisibleAsync();

        await window.Hook("passkey-remove").ClickAsync();
        await Expect(window.Hook("said")).ToBeVisibleAsync();
        await SignOutAsync(window, Named);
        await window.Page.GotoAsync(Named("/sign-in"));
        await window.Hook("sign-in-passkey").ClickAsync();
        await Expect(window.Hook("said-passkey")).ToBeVisibleAsync();
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_an_invited_guest_When_an_owner_removes_them_Then_their_open_page_is_refused_at_the_next_click()
    {
        await using var owner = await browser.OpenAsync(Size.Phone);
        await using var guest = await browser.OpenAsync(Size.Phone);
        var pages = new BuyerPages(owner, marketplace.Portal);
        await pages.OpenCatalogAsync();
        await pages.FindAsync("營業時間", "keyword-reply");
        await pages.TakeFreePlanAsync("lin");
        await pages.ConsentAtLineAsync("lin@qinghe.example", "青禾髮廊");
        await pages.ConfirmAsync();
        await pages.TurnOnAsync("keyword-reply");
        var company = new Uri(owner.Page.Url).AbsolutePath.Split('/')[2];

        var email = $"guest-{_mark}@example.com";
        await owner.Page.GotoAsync(At($"/o/{company}/members"));
        await owner.ShouldFitFingersAsync();
        await owner.Hook("invite-email").FillAsync(email);
        await owner.Hook("invite").ClickAsync();
        await Expect(owner.Hook("invitation")).ToContainTextAsync(email);
        await guest.Page.GotoAsync(await MailedLinkAsync(email, "/invitations/"));
        await guest.ShouldFitFingersAsync();
        await guest.Hook("invitation-sign-in").ClickAsync();
        await FillInSignUpAsync(guest, "客人", email);
        await guest.Hook("invitation-accept").ClickAsync();
        await guest.Page.GotoAsync(At($"/o/{company}/modules"));
        await Expect(guest.Page.Locator(".rz-data-grid, .rz-datatable").First).ToBeVisibleAsync();

        await owner.Page.ReloadAsync();
        var row = owner.Hook("member").Filter(new() { HasText = email });
        await row.GetByTestId("member-change").ClickAsync();
        await row.GetByTestId("member-remove").ClickAsync();
        await Expect(owner.Hook("said")).ToBeVisibleAsync();

        (await guest.Page.ReloadAsync())!.Status.ShouldBe(404);
        owner.ShouldBeWithoutErrors();
    }

    private string At(string path) => new Uri(marketplace.Portal, path).ToString();

    /// <summary>By name: a passkey belongs to a name, never to the number of an address.</summary>
    private string Named(string path) => $"http://localhost:{marketplace.Portal.Port}{path}";

    private async Task SignUpAsync(Window window, string name, string email, string language, Func<string, string>? at = null)
    {
        await window.Page.GotoAsync((at ?? At)($"/sign-in?culture={language}&returnUrl=%2Fcatalog"));
        await FillInSignUpAsync(window, name, email);
        await Expect(window.Hook("account-menu")).ToContainTextAsync(name);
    }

    private static async Task FillInSignUpAsync(Window window, string name, string email)
    {
        await window.Hook("sign-up-name").FillAsync(name);
        await window.Hook("sign-up-email").FillAsync(email);
        await window.Hook("sign-up-passphrase").FillAsync(Passphrase);
        await window.Hook("sign-up").ClickAsync();
    }

    private async Task SignOutAsync(Window window, Func<string, string>? at = null)
    {
        await window.Page.GotoAsync((at ?? At)("/account/security"));
        await window.Hook("account-menu").ClickAsync();
        await window.Hook("sign-out").ClickAsync();
        await Expect(window.Hook("sign-in")).ToBeVisibleAsync();
    }

    /// <summary>Reads the sandbox's mailbox as the person would, until a mail with such a link lies there.</summary>
    private async Task<string> MailedLinkAsync(string email, string path)
    {
        await using var reader = await browser.OpenAsync(Size.Phone);
        await reader.Page.GotoAsync(new Uri(marketplace.Sandbox, $"/sandbox/mail/{email}").ToString());
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var mails = JsonNode.Parse(await http.GetStringAsync(new Uri(marketplace.Sandbox, $"/sandbox/api/mail/{email}"), limit.Token))!.AsArray();
            foreach (var mail in mails)
            {
                if (((string)mail!["text"]!).Split('\n').FirstOrDefault(line => line.StartsWith("http", StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal)) is not { } link)
                    continue;

                await reader.Page.GotoAsync(new Uri(marketplace.Sandbox, $"/sandbox/mail/{email}/{mail["id"]}").ToString());
                await Expect(reader.Hook("mail-link")).ToHaveTextAsync(link);
                return link;
            }

            await Task.Yield();
        }
    }

    /// <summary>A phone's fingerprint reader, played by the browser: it says yes at once.</summary>
    private static async Task<AuthenticatorSession> VirtualAuthenticatorAsync(Window window)
    {
        var session = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        return new AuthenticatorSession(session);
    }

    private sealed class AuthenticatorSession(ICDPSession session) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await session.DetachAsync();
    }
}
