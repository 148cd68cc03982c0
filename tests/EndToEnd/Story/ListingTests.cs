using System.Security.Cryptography;
using System.Text;
using EndToEnd.Browsing;
using EndToEnd.Phone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Story;

/// <summary>A partner from nothing to a listing that buyers read, and to its second version, with the real gateway trying the webhook.</summary>
[Collection(BrowserTests.Name)]
public sealed class ListingTests(BrowserFixture browser, MarketplaceProcess marketplace) : IClassFixture<MarketplaceProcess>
{
    [Theory]
    [InlineData("zh-TW", true)]
    [InlineData("en", false)]
    public async Task Given_a_certified_provider_When_a_listing_is_written_submitted_and_approved_and_a_text_changed_Then_buyers_read_each_as_it_is_approved(string language, bool onPhone)
    {
        await using var partner = await browser.OpenAsync(onPhone ? Size.Phone : Size.Desk, language);
        await using var reviewer = await browser.OpenAsync(Size.Desk, language);
        await using var buyer = await browser.OpenAsync(Size.Phone, language);
        await SignInAsync(partner, "yuan");
        await SignInAsync(reviewer, "operator");
        var slug = "table-talk-" + language.ToLowerInvariant();

        await partner.Page.GotoAsync(At("/o/lanternfish/listings/new"));
        await partner.Hook("new-name").FillAsync("桌邊談");
        await partner.Hook("new-slug").FillAsync(slug);
        await partner.Hook("begin").ClickAsync();
        await partner.Page.WaitForURLAsync("**/basics");
        var editor = partner.Page.Url[..partner.Page.Url.LastIndexOf('/')];
        await partner.Page.GotoAsync(editor + "/addresses?show=secret");
        await using var module = await StartModuleAsync(await partner.Hook("secret").InnerTextAsync());
        await WriteAsync(partner, editor, module.Urls.First() + "/webhook");

        await partner.Hook("submit").ClickAsync();
        await Expect(partner.Hook("said-in-review")).ToBeVisibleAsync();
        await ApproveAsync(reviewer, "桌邊談");
        await buyer.Page.GotoAsync(At($"/m/{slug}?culture=zh-TW"));
        await Expect(buyer.Page.GetByText("訂位不漏接").First).ToBeVisibleAsync();

        await partner.Page.GotoAsync(editor + "/texts?in=zh-TW");
        await partner.Hook("texts.zh-TW.tagline").FillAsync("每一筆訂位都在");
        await partner.Hook("save").ClickAsync();
        await Expect(partner.Hook("said-saved")).ToBeVisibleAsync();
        await partner.Hook("submit").ClickAsync();
        await Expect(partner.Hook("said-in-review")).ToBeVisibleAsync();
        await buyer.Page.ReloadAsync();
        await Expect(buyer.Page.GetByText("訂位不漏接").First).ToBeVisibleAsync();
        var diff = await ApproveAsync(reviewer, "桌邊談");
        diff.ShouldContain("訂位不漏接");
        diff.ShouldContain("每一筆訂位都在");
        await buyer.Page.ReloadAsync();
        await Expect(buyer.Page.GetByText("每一筆訂位都在").First).ToBeVisibleAsync();

        if (onPhone)
        {
            await partner.Page.GotoAsync(editor + "/texts?in=zh-TW");
            await Expect(partner.Hook("preview")).ToBeHiddenAsync();
            await partner.Hook("show-preview").ClickAsync();
            await Expect(partner.Hook("preview")).ToBeVisibleAsync();
            (await partner.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
        }

        foreach (var window in new[] { partner, reviewer, buyer })
            window.ShouldBeWithoutErrors();
    }

    /// <summary>Every part of the editor, with what a listing for Taiwan needs.</summary>
    private static async Task WriteAsync(Window partner, string editor, string webhook)
    {
        await OnAsync(partner, editor + "/basics", async () =>
        {
            await partner.Hook("markets-TW").CheckAsync();
            if (await partner.Hook("markets-JP").IsCheckedAsync())
                await partner.Hook("markets-JP").UncheckAsync();
            await partner.Hook("verticals-food").CheckAsync();
            await partner.Hook("functions-booking").CheckAsync();
        });
        foreach (var language in new[] { "zh-TW", "en" })
        {
            Task FillAsync(string field, string text) => partner.Hook($"texts.{language}.{field}").FillAsync(text);
            await OnAsync(partner, $"{editor}/texts?in={language}", async () =>
            {
                await FillAsync("name", "桌邊談");
                await FillAsync("tagline", language == "en" ? "No booking gets lost" : "訂位不漏接");
                await FillAsync("about", "客人傳訊息，它就訂位。");
                await FillAsync("benefits.0.title", "少接電話");
                await FillAsync("benefits.0.text", "訂位自動完成。");
            });
            await OnAsync(partner, $"{editor}/chat?in={language}", async () =>
            {
                await FillAsync("conversation.0", "今晚兩位");
                await FillAsync("conversation.1", "好的，七點為您保留。");
            });
        }

        foreach (var (kind, width, height) in new[] { ("Icon", 300, 300), ("Cover", 1280, 720), ("Screenshot", 390, 844) })
        {
            await partner.Page.GotoAsync(editor + "/pictures");
            await partner.Hook($"file-{kind}").SetInputFilesAsync(new FilePayload { Name = "picture.png", MimeType = "image/png", Buffer = TestPicture.Png(width, height) });
            await partner.Hook($"upload-{kind}").ClickAsync();
            await Expect(partner.Hook("said-saved")).ToBeVisibleAsync();
        }

        await OnAsync(partner, editor + "/plans?in=zh-TW", async () =>
        {
            await partner.Hook("texts.zh-TW.plans.new.name").FillAsync("標準");
            await partner.Hook("plans.new.prices.TWD").FillAsync("800");
        });
        await partner.Page.GotoAsync(editor + "/plans?in=en");
        await OnAsync(partner, editor + "/plans?in=en", () => partner.Page.Locator("[name^='texts.en.plans.'][name$='.name']:not([name*='.new.'])").FillAsync("Standard"));
        foreach (var language in new[] { "zh-TW", "en" })
        {
            await OnAsync(partner, $"{editor}/permissions?in={language}", async () =>
            {
                foreach (var scope in new[] { "message:send", "message:receive" })
                    await partner.Hook($"texts.{language}.reasons.{scope}").FillAsync("回覆客人。");
            });
        }

        await OnAsync(partner, editor + "/addresses", async () =>
        {
            await partner.Hook("webhookUrl").FillAsync(webhook);
            await partner.Hook("privacyUrl").FillAsync("https://lanternfish.example/privacy");
            await partner.Hook("supportEmail").FillAsync("help@lanternfish.example");
            await partner.Hook("supportHours.TW").FillAsync("每天");
        });
    }

    private static async Task OnAsync(Window partner, string address, Func<Task> write)
    {
        await partner.Page.GotoAsync(address);
        await write();
        await partner.Hook("save").ClickAsync();
        await Expect(partner.Hook("said-saved")).ToBeVisibleAsync();
    }

    /// <returns>What the reviewer read.</returns>
    private async Task<string> ApproveAsync(Window reviewer, string name)
    {
        await reviewer.Page.GotoAsync(At("/operations/listings"));
        await reviewer.Page.Locator("[data-testid^='review-']").Filter(new() { HasText = name }).First.ClickAsync();
        await Expect(reviewer.Hook("approve")).ToBeVisibleAsync();
        var read = await reviewer.Hook("decide").InnerTextAsync();
        await reviewer.Hook("approve").ClickAsync();
        await Expect(reviewer.Hook("said-decided")).ToBeVisibleAsync();
        return read;
    }

    private async Task SignInAsync(Window window, string who)
    {
        await window.Page.GotoAsync(At("/sign-in"));
        await window.Hook($"sign-in-{who}").ClickAsync();
        await window.Page.WaitForURLAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>A partner's server that looks at signatures.</summary>
    private static async Task<WebApplication> StartModuleAsync(string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/webhook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body.ToArray()));
            return request.Headers["x-line-signature"] == expected ? Results.Ok() : Results.Unauthorized();
        });
        await app.StartAsync();
        return app;
    }

    private string At(string path) => new Uri(marketplace.Portal, path).ToString();
}
