using System.Net.Http.Json;
using System.Text.Json;
using EndToEnd.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Phone;

/// <summary>What an account may send beyond words, as the phone draws it and as a person handles it.</summary>
[Collection(BrowserTests.Name)]
public sealed class RenderingTests(BrowserFixture browser, SandboxHost sandbox) : IClassFixture<SandboxHost>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_a_flex_message_When_it_arrives_Then_it_is_laid_out_as_LINE_does_and_its_button_works(bool isPhone)
    {
        await using var bot = await Bot.StartAsync(sandbox, "山茶花咖啡");
        await using var window = await browser.OpenAsync(isPhone ? Size.Phone : Size.Desk, colors: isPhone ? ColorScheme.Light : ColorScheme.Dark);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("菜單");
        await bot.ReplyAsync(await bot.NextAsync(), Flex(bot.PictureUrl));

        var bubble = window.Hook("flex-bubble");
        await Expect(bubble.Locator("img.flex-image")).ToHaveJSPropertyAsync("naturalWidth", 300);
        var (card, left, right, title) = (await BoxAsync(bubble), await BoxAsync(bubble.GetByText("地址")), await BoxAsync(bubble.GetByText("台北市")), bubble.GetByText("山茶花咖啡 台北店"));
        card.Width.ShouldBeInRange(200, 300);
        left.Y.ShouldBe(right.Y, 1);                 // Side by side on one baseline,
        right.Width.ShouldBeGreaterThan(left.Width * 4); // five parts to one.
        await Expect(title).ToHaveCSSAsync("font-size", "22px");
        await Expect(title).ToHaveCSSAsync("font-weight", "700");
        await Expect(bubble.GetByText("NT$180")).ToHaveCSSAsync("color", "rgb(224, 50, 45)");
        await window.ShouldFitFingersAsync();

        await window.Hook("flex-button").ClickAsync();
        (await bot.NextAsync()).GetProperty("postback").GetProperty("data").GetString().ShouldBe("book=1");
        await bubble.GetByText("NT$180").ClickAsync(); // A box that is itself a button.
        (await bot.NextAsync()).GetProperty("message").GetProperty("text").GetString().ShouldBe("多少錢？");
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_hostile_messages_When_they_arrive_Then_they_are_shown_as_words_and_nothing_of_them_runs()
    {
        const string Markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        await using var bot = await Bot.StartAsync(sandbox, "壞心小店");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        var requests = new List<string>();
        window.Page.Request += (_, request) => requests.Add(request.Url);
        await phone.WriteAsync("?");
        await bot.ReplyAsync(await bot.NextAsync(),
            new { type = "text", text = Markup, sender = new { name = "<b>x</b>" } },
            new { type = "flex", altText = Markup, contents = new { type = "bubble", body = new { type = "box", layout = "vertical", contents = new object[] { new { type = "text", text = Markup, wrap = true } } } } },
            new { type = "template", altText = "a", template = new { type = "confirm", text = Markup, actions = new object[] { new { type = "uri", label = "javascript:alert(1)", uri = "https://a.example" }, new { type = "message", label = "b", text = "b" } } } });

        await Expect(phone.Bubbles("account", "text")).ToContainTextAsync(Markup);
        await Expect(window.Hook("flex-bubble")).ToContainTextAsync(Markup);
        await Expect(phone.Bubbles("account", "template")).ToContainTextAsync(Markup);
        (await window.Page.EvaluateAsync<int>("document.querySelectorAll('.log script, .log [onerror], .log [style*=url]').length")).ShouldBe(0);
        (await window.Page.TitleAsync()).ShouldNotContain("owned");
        requests.ShouldAllBe(url => url.StartsWith(sandbox.Address.ToString()));
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_an_image_map_a_video_and_pictures_to_swipe_When_a_person_uses_them_Then_the_account_hears_of_each()
    {
        await using var bot = await Bot.StartAsync(sandbox, "圖片小舖");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("看圖");
        await bot.ReplyAsync(await bot.NextAsync(),
            new
            {
                type = "imagemap", baseUrl = new Uri(bot.PictureUrl, "/map"), altText = "平面圖", baseSize = new { width = 1040, height = 520 },
                actions = new object[]
                {
                    new { type = "message", text = "左邊", area = new { x = 0, y = 0, width = 520, height = 520 } },
                    new { type = "message", text = "右邊", area = new { x = 520, y = 0, width = 520, height = 520 } },
                },
            },
            new { type = "video", originalContentUrl = bot.PictureUrl, previewImageUrl = bot.PictureUrl, trackingId = "tour-1" },
            new
            {
                type = "template", altText = "相簿",
                template = new { type = "image_carousel", columns = Enumerable.Range(1, 3).Select(number => new { imageUrl = bot.PictureUrl, action = new { type = "message", label = $"第{number}張", text = $"選第{number}張" } }) },
            });

        var map = await BoxAsync(window.Hook("imagemap"));
        (map.Width / map.Height).ShouldBe(2, 0.05);
        await window.Hook("imagemap-area").Last.ClickAsync();
        (await bot.NextAsync()).GetProperty("message").GetProperty("text").GetString().ShouldBe("右邊");
        await window.Hook("video").ClickAsync();
        await window.Hook("video-watched").ClickAsync();
        (await bot.NextAsync()).GetProperty("videoPlayComplete").GetProperty("trackingId").GetString().ShouldBe("tour-1");
        var third = window.Page.GetByRole(AriaRole.Button, new() { Name = "第3張" });
        await third.ScrollIntoViewIfNeededAsync();
        await third.ClickAsync();
        (await bot.NextAsync()).GetProperty("message").GetProperty("text").GetString().ShouldBe("選第3張");
        await window.ShouldFitFingersAsync();
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_rich_menus_with_aliases_When_a_person_taps_Then_the_menu_switches_opens_closes_and_the_account_hears()
    {
        await using var bot = await Bot.StartAsync(sandbox, "選單小館");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("選單");
        var userId = (await bot.NextAsync()).GetProperty("source").GetProperty("userId").GetString()!;
        var first = await bot.MakeMenuAsync("第一頁", "second", "去第二頁");
        var second = await bot.MakeMenuAsync("第二頁", "first", "回第一頁");
        await bot.CallAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "first", richMenuId = first });
        await bot.CallAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "second", richMenuId = second });
        await bot.CallAsync($"/v2/bot/user/{userId}/richmenu/{first}", body: null);

        await Expect(window.Hook("rich-menu-bar")).ToHaveTextAsync("第一頁");
        await Expect(window.Hook("rich-menu")).ToBeVisibleAsync(); // It says that it opens by itself.
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "去第二頁" }).ClickAsync();

        (await bot.NextAsync()).GetProperty("postback").GetProperty("params").GetRawText().ShouldBe("""{"newRichMenuAliasId":"second","status":"SUCCESS"}""");
        await Expect(window.Hook("rich-menu-bar")).ToHaveTextAsync("第二頁");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "我要訂位" }).ClickAsync();
        (await bot.NextAsync()).GetProperty("message").GetProperty("text").GetString().ShouldBe("我要訂位");
        await window.Hook("rich-menu-bar").ClickAsync();
        await Expect(window.Hook("rich-menu")).ToBeHiddenAsync();
        await window.ShouldFitFingersAsync();
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_friends_When_they_make_a_group_and_invite_the_account_Then_it_joins_hears_who_mentions_it_and_is_sent_away()
    {
        await using var bot = await Bot.StartAsync(sandbox, "聚餐小幫手");
        await using var window = await browser.OpenAsync(Size.Phone);
        await window.Page.GotoAsync(new Uri(sandbox.Address, "/phone?as=meiling&lang=zh-TW").ToString());

        await window.Hook("new-group").ClickAsync();
        await window.Hook("group-member-alex").CheckAsync();
        await window.Hook("group-account").SelectOptionAsync(bot.BotId);
        await window.Hook("group-make").ClickAsync();
        var phone = new PhonePage(window);
        await Expect(window.Hook("notice")).ToHaveTextAsync("聚餐小幫手加入了");
        var join = await bot.NextAsync();
        await bot.ReplyAsync(join, new { type = "text", text = "大家好！" });
        await Expect(phone.Bubbles("account")).ToContainTextAsync("大家好！");
        await phone.WriteAsync("@聚餐小幫手 推薦餐廳");

        join.GetProperty("type").GetString().ShouldBe("join");
        var mention = (await bot.NextAsync()).GetProperty("message").GetProperty("mention").GetProperty("mentionees")[0];
        mention.GetProperty("isSelf").GetBoolean().ShouldBeTrue();
        await Expect(phone.Bubbles("person", "text").Last).ToContainTextAsync("推薦餐廳"); // The account may hear of it before the phone shows it.
        await phone.Bubbles("person", "text").Last.GetByTestId("message-menu").ClickAsync();
        await window.Hook("message-unsend").ClickAsync();
        await Expect(phone.Bubbles("person", "unsent")).ToContainTextAsync("訊息已收回");
        (await bot.NextAsync()).GetProperty("type").GetString().ShouldBe("unsend");
        await window.Hook("group-menu").ClickAsync();
        await window.Hook("group-part").ClickAsync();
        (await bot.NextAsync()).GetProperty("type").GetString().ShouldBe("leave");
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_a_link_to_LINEs_dialog_When_the_person_of_the_phone_agrees_Then_the_account_hears_that_they_are_linked()
    {
        await using var bot = await Bot.StartAsync(sandbox, "會員小店");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("連結");
        var userId = (await bot.NextAsync()).GetProperty("source").GetProperty("userId").GetString()!;
        var token = (await bot.CallAsync($"/v2/bot/user/{userId}/linkToken", body: null)).GetProperty("linkToken").GetString();

        await window.Page.GotoAsync(new Uri(sandbox.Address, $"/dialog/bot/accountLink?linkToken={token}&nonce=0123456789abcdef&lang=zh-TW").ToString());
        await Expect(window.Hook("account-link-agree")).ToHaveTextAsync("同意，我是 陳美玲");
        await window.ShouldFitFingersAsync();
        await window.Hook("account-link-agree").ClickAsync();

        await Expect(window.Hook("account-link-done")).ToBeVisibleAsync();
        (await bot.NextAsync()).GetProperty("link").GetProperty("result").GetString().ShouldBe("ok");
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_a_coupon_When_it_is_sent_Then_the_phone_shows_its_picture_title_and_time_by_the_clocks_of_its_place()
    {
        await using var bot = await Bot.StartAsync(sandbox, "優惠小店");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        var (start, end) = (new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(9)), new DateTimeOffset(2030, 3, 31, 23, 59, 0, TimeSpan.FromHours(9)));
        var coupon = new
        {
            title = "兩人同行，一人半價", imageUrl = bot.PictureUrl, visibility = "UNLISTED", timezone = "ASIA_TOKYO", startTimestamp = start.ToUnixTimeSeconds(), endTimestamp = end.ToUnixTimeSeconds(),
            maxUseCountPerTicket = 1, acquisitionCondition = new { type = "normal" },
        };
        var id = (await bot.CallAsync("/v2/bot/coupon", coupon)).GetProperty("couponId").GetString();
        await phone.WriteAsync("優惠券");
        await bot.ReplyAsync(await bot.NextAsync(), new { type = "coupon", couponId = id });

        var card = window.Hook("coupon");
        await Expect(card.GetByRole(AriaRole.Heading)).ToHaveTextAsync("兩人同行，一人半價");
        await Expect(card).ToContainTextAsync("2030/1/1 00:00 – 2030/3/31 23:59");
        await Expect(card.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 300);
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_messages_with_links_When_a_person_opens_them_Then_LINE_counts_each_in_what_it_tells_of_them()
    {
        await using var bot = await Bot.StartAsync(sandbox, "連結小店");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("最新消息");
        var userId = (await bot.NextAsync()).GetProperty("source").GetProperty("userId").GetString();
        var (inText, inButton) = ($"{bot.PictureUrl}?in=text", $"{bot.PictureUrl}?in=button");
        await bot.CallAsync("/v2/bot/message/push", new
        {
            to = userId, customAggregationUnits = new[] { "news" },
            messages = new object[]
            {
                new { type = "text", text = $"看這裡 {inText}" },
                new { type = "template", altText = "看", template = new { type = "buttons", text = "或這裡", actions = new object[] { new { type = "uri", label = "打開", uri = inButton } } } },
            },
        });

        await OpenAsync(window, phone.Bubbles("account", "text").GetByRole(AriaRole.Link));
        await OpenAsync(window, window.Hook("template-action"));

        var today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9)); // LINE's day.
        var told = await bot.AskAsync($"/v2/bot/insight/message/event/aggregation?customAggregationUnit=news&from={today.AddDays(-1):yyyyMMdd}&to={today.AddDays(1):yyyyMMdd}");
        told.GetProperty("clicks").EnumerateArray().Select(click => (click.GetProperty("seq").GetInt32(), click.GetProperty("url").GetString())).ShouldBe([(1, inText), (2, inButton)]);
        window.ShouldBeWithoutErrors();
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1440)]
    [InlineData(1920)]
    public async Task Given_a_window_with_room_for_the_side_panel_When_the_phone_asks_something_Then_it_asks_inside_its_own_frame(int width)
    {
        await using var window = await browser.OpenAsync(new Size(width, 900));
        await window.Page.GotoAsync(new Uri(sandbox.Address, "/phone?as=meiling&lang=zh-TW").ToString());

        await window.Hook("new-group").ClickAsync();

        var (screen, sheet) = (await BoxAsync(window.Page.Locator("#screen")), await BoxAsync(window.Page.GetByRole(AriaRole.Dialog)));
        (sheet.X + (sheet.Width / 2)).ShouldBe(screen.X + (screen.Width / 2), 1);
        sheet.Width.ShouldBeLessThan(screen.Width);
    }

    /// <summary>Follows a link of a message, until its page is there and LINE has been told.</summary>
    private static async Task OpenAsync(Window window, ILocator link)
    {
        var told = window.Page.WaitForResponseAsync(new System.Text.RegularExpressions.Regex("/link-opened$"));
        var opened = await window.Page.RunAndWaitForPopupAsync(() => link.ClickAsync());
        (await told).Status.ShouldBe(202);
        await opened.CloseAsync();
    }

    private async Task<PhonePage> BefriendAsync(Window window, Bot bot)
    {
        var phone = new PhonePage(window);
        await phone.OpenAsync(sandbox.Address, "meiling", bot.BotId);
        await phone.AddFriendAsync();
        (await bot.NextAsync()).GetProperty("type").GetString().ShouldBe("follow");
        return phone;
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator locator)
    {
        await Expect(locator).ToBeVisibleAsync();
        return (await locator.BoundingBoxAsync()).ShouldNotBeNull();
    }

    private static object Flex(Uri picture) => new
    {
        type = "flex",
        altText = "菜單",
        contents = new
        {
            type = "bubble",
            hero = new { type = "image", url = picture, size = "full", aspectRatio = "20:13", aspectMode = "cover" },
            body = new
            {
                type = "box",
                layout = "vertical",
                spacing = "md",
                contents = new object[]
                {
                    new { type = "text", text = "山茶花咖啡 台北店", weight = "bold", size = "xl" },
                    new
                    {
                        type = "box", layout = "baseline", spacing = "sm",
                        contents = new object[] { new { type = "text", text = "地址", size = "sm", color = "#aaaaaa", flex = 1 }, new { type = "text", text = "台北市", size = "sm", flex = 5, wrap = true } },
                    },
                    new { type = "separator", margin = "lg" },
                    new
                    {
                        type = "box", layout = "vertical", action = new { type = "message", label = "多少錢", text = "多少錢？" },
                        contents = new object[] { new { type = "text", text = "NT$180", color = "#e0322d" } },
                    },
                },
            },
            footer = new { type = "box", layout = "vertical", contents = new object[] { new { type = "button", style = "primary", height = "sm", action = new { type = "postback", label = "訂位", data = "book=1" } } } },
        },
    };
}
