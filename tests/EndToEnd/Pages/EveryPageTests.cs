using EndToEnd.Browsing;
using EndToEnd.Story;
using Microsoft.Playwright;

namespace EndToEnd.Pages;

/// <summary>Every page of the portal, found from the running app as a visitor, an owner and the operator come to it: readable for eyes, ears and fingers.</summary>
[Collection(BrowserTests.Name)]
public sealed class EveryPageTests(BrowserFixture browser, MarketplaceProcess marketplace) : IClassFixture<MarketplaceProcess>
{
    /// <summary>Pages that no link leads to, and how one comes to them.</summary>
    private static readonly Dictionary<string, string> Opened = new()
    {
        ["/not-found"] = "/not-found",
        ["/error"] = "/error",
        ["/status/{Code:int}"] = "/no/such/page",
        ["/closed"] = "/closed",
        ["/account/confirm"] = "/account/confirm",
        ["/account/line"] = "/account/line",
        ["/first-operator"] = "/first-operator",
        ["/invitations/{Token}"] = "/invitations/nobody-was-sent-this",
        ["/sign-in/code"] = "/sign-in/code",
        ["/sign-in/line/new"] = "/sign-in/line/new",
        ["/sign-in/reset"] = "/sign-in/reset",
    };

    /// <summary>Pages that only a trip to LINE, a channel in the middle of its wizard, an application that is handed in, or a listing that is being written or reviewed shows; their own tests walk them.</summary>
    private static readonly string[] OnTheWay = ["/orders/return", "/orders/{Id:guid}/channel", "/orders/{Id:guid}/channel/connected", "/operations/listings/{Version:guid}", "/operations/providers/{Id:guid}", "/o/{Slug}/listings/{Listing:guid}/{Section}"];

    /// <summary>The main pages, of which pictures are kept.</summary>
    private static readonly (string Route, string Name)[] Main =
    [
        ("/", "front"), ("/catalog", "catalog"), ("/m/{Slug}", "listing"), ("/get/{Slug}", "plan"), ("/orders/{Id:guid}", "review"), ("/o/{Slug}/accounts", "my-accounts"),
        ("/o/{Slug}/modules/{Linkage:guid}", "module"), ("/o/{Slug}/modules", "all-modules"), ("/o/{Slug}/leave", "leaving"), ("/operations", "operations"), ("/sign-in", "sign-in"),
        ("/o/{Slug}/listings", "listings"), ("/o/{Slug}/provider", "provider"), ("/o/{Slug}/members", "members"),
    ];

    [Fact]
    public async Task Given_every_page_When_it_is_looked_at_light_and_dark_narrow_and_wide_in_two_languages_Then_nothing_serious_stands_in_anybodys_way()
    {
        var axe = await Axe.LoadAsync();
        await using var visitorWindow = await browser.OpenAsync(Size.Desk);
        await using var ownerWindow = await browser.OpenAsync(Size.Desk);
        await using var providerWindow = await browser.OpenAsync(Size.Desk);
        await using var operatorWindow = await browser.OpenAsync(Size.Desk);
        Walk[] walks = [await VisitAsync(visitorWindow), await OwnAsync(ownerWindow), await ProvideAsync(providerWindow), await OperateAsync(operatorWindow)];

        var reached = walks.SelectMany(walk => walk.Found.Keys).Concat(Opened.Keys).ToHashSet();
        PageRoutes.All.Where(page => !reached.Contains(page) && !OnTheWay.Contains(page)).ShouldBeEmpty("No link led to these pages: link them, or say above how one comes to them.");

        foreach (var (route, name) in Main)
        {
            if (walks.FirstOrDefault(walk => walk.Found.ContainsKey(route)) is { } walk)
                await PictureAsync(walk, walk.Found[route][0], name);
        }

        List<string> wrong = [];
        var looked = new HashSet<string>();
        foreach (var walk in walks)
            wrong.AddRange(await LookAsync(axe, walk, [.. walk.Addresses.Where(looked.Add)]));
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        foreach (var walk in walks)
            walk.Window.ShouldBeWithoutErrors();
    }

    /// <summary>A page is looked at once, by whoever comes to it first; in each language and width, and light and dark without loading it again.</summary>
    private async Task<IReadOnlyList<string>> LookAsync(Axe axe, Walk walk, IReadOnlyList<string> addresses)
    {
        List<string> wrong = [];
        var page = walk.Window.Page;
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                wrong.Add($"{walk.Who} {page.Url}: {message.Text}"); // Something on it is not shown or not run.
        };
        foreach (var language in new[] { "zh-TW", "en" })
        {
            await page.GotoAsync(new Uri(marketplace.Portal, $"/?culture={language}").ToString());
            foreach (var size in new[] { Size.Phone, Size.Desk })
            {
                await page.SetViewportSizeAsync(size.Width, size.Height);
                foreach (var address in addresses)
                {
                    await page.GotoAsync(new Uri(marketplace.Portal, address).ToString());
                    if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") > 0)
                        wrong.Add($"{walk.Who} {address} {language} {size.Width}: stands out to the side");
                    if (await page.EvaluateAsync<bool>("[...document.querySelectorAll('th, td')].some(cell => cell.innerText.trim().length > 2 && cell.clientWidth > 0 && cell.clientWidth < 44)"))
                        wrong.Add($"{walk.Who} {address} {language} {size.Width}: a column is too narrow to read");
                    foreach (var colors in new[] { ColorScheme.Light, ColorScheme.Dark })
                    {
                        await page.EmulateMediaAsync(new() { ColorScheme = colors });
                        wrong.AddRange((await axe.FindAsync(walk.Window)).Select(found => $"{walk.Who} {address} {language} {size.Width} {colors}: {found}"));
                    }
                }
            }
        }

        return wrong;
    }

    private async Task PictureAsync(Walk walk, string address, string name)
    {
        await walk.Window.Page.GotoAsync(new Uri(marketplace.Portal, "/?culture=zh-TW").ToString());
        await walk.Window.Page.GotoAsync(new Uri(marketplace.Portal, address).ToString());
        await Pictures.TakePageAsync(walk.Window, name);
        await walk.Window.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private async Task<Walk> VisitAsync(Window window)
    {
        var walk = new Walk("visitor", window, marketplace.Portal);
        await walk.FollowAsync(["/", "/catalog?vertical=salon&price=free", "/catalog?q=nothing-is-called-that", .. Opened.Values]);
        return walk;
    }

    private async Task<Walk> OwnAsync(Window window)
    {
        var walk = new Walk("owner", window, marketplace.Portal);
        walk.Watch();
        var pages = new BuyerPages(window, marketplace.Portal);
        await pages.OpenCatalogAsync();
        await pages.FindAsync("營業時間", "keyword-reply");
        await pages.TakeFreePlanAsync("lin");
        await pages.ConsentAtLineAsync("lin@qinghe.example", "青禾髮廊");
        await pages.ConfirmAsync();
        var inSetUp = new Uri(window.Page.Url).AbsolutePath;
        await walk.FollowAsync("/o/qinghe/accounts", "/dev/modules", inSetUp, $"{inSetUp}/try");
        await window.Page.GotoAsync(new Uri(marketplace.Portal, inSetUp).ToString());
        await pages.TurnOnAsync("keyword-reply");
        await window.Page.GotoAsync(new Uri(marketplace.Portal, "/o/qinghe/listings/new").ToString());
        await window.Hook("new-name").FillAsync("桌邊談");
        await window.Hook("new-slug").FillAsync("table-talk-walked");
        await window.Hook("begin").ClickAsync();
        await window.Page.WaitForURLAsync("**/basics");
        await walk.FollowAsync();
        await window.Page.GotoAsync(new Uri(marketplace.Portal, "/o/qinghe/provider").ToString());
        await window.Hook("begin-round").ClickAsync();
        await window.Hook("part-company").WaitForAsync();
        await walk.FollowAsync("/o/qinghe/provider");
        return walk;
    }

    private async Task<Walk> ProvideAsync(Window window)
    {
        var walk = new Walk("provider", window, marketplace.Portal);
        await window.Page.GotoAsync(new Uri(marketplace.Portal, "/sign-in").ToString());
        await window.Hook("sign-in-yongqing").ClickAsync();
        await walk.FollowAsync("/o/snipshade/listings");
        return walk;
    }

    private async Task<Walk> OperateAsync(Window window)
    {
        var walk = new Walk("operator", window, marketplace.Portal);
        await window.Page.GotoAsync(new Uri(marketplace.Portal, "/sign-in").ToString());
        await window.Hook("sign-in-operator").ClickAsync();
        await walk.FollowAsync("/operations", "/operations/listings");
        return walk;
    }
}
