using EndToEnd.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Phone;

/// <summary>LINE's sign-in and consent pages, as the stand-in shows them on a narrow phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class ConsentTests(BrowserFixture browser, SandboxHost sandbox) : IClassFixture<SandboxHost>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Given_a_manager_When_she_signs_in_and_looks_at_the_consent_Then_only_her_accounts_are_listed_and_everything_fits(ColorScheme colors)
    {
        await using var window = await browser.OpenAsync(Size.Phone, colors: colors);
        await window.Page.GotoAsync(Authorize());
        await Expect(window.Page.GetByRole(AriaRole.Main)).ToHaveCSSAsync("border-radius", "0px"); // Its style sheet is there: a card without corners on a phone.
        await Expect(window.Page.Locator(".main").First).ToHaveCSSAsync("min-height", "44px");
        await window.ShouldFitFingersAsync();

        await window.Page.Locator("button[name=demo][value='lin@qinghe.example']").ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Radio)).ToHaveCountAsync(2);
        await Expect(window.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("青禾髮廊") })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(3);
        await window.ShouldFitFingersAsync();
        window.ShouldBeWithoutErrors();
    }

    private string Authorize()
    {
        var redirect = Uri.EscapeDataString(SandboxHost.RedirectUrl);
        var scopes = Uri.EscapeDataString("message:send message:receive profile:read");
        const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636, appendix B.
        return new Uri(sandbox.Address, $"/module/auth/v1/authorize?response_type=code&client_id={SandboxHost.ModuleChannelId}&redirect_uri={redirect}&scope={scopes}&state=s&code_challenge={Challenge}&code_challenge_method=S256").ToString();
    }
}
