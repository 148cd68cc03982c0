using EndToEnd.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Phone;

/// <summary>What an account answers, as the phone shows it, and the time line beside it.</summary>
[Collection(BrowserTests.Name)]
public sealed class AnswerTests(BrowserFixture browser, SandboxHost sandbox) : IClassFixture<SandboxHost>
{
    private const string NobodyThere = """
        event: entry
        data: {"id":1,"at":"2026-11-22T12:00:00Z","source":"gateway","kind":"delivered","module":"Echo","eventType":"message","mode":"active","millis":0,"body":{"type":"message","deliveryContext":{"isRedelivery":true}}}


        """;

    [Fact]
    public async Task Given_an_account_that_answers_in_every_way_When_a_person_writes_Then_each_answer_looks_like_what_it_is()
    {
        await using var bot = await Bot.StartAsync(sandbox, "日日手作");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);

        await phone.WriteAsync("有什麼新品？");
        await bot.ReplyAsync(await bot.NextAsync(),
            new { type = "text", text = "請看 https://shop.example/new" },
            new { type = "sticker", packageId = "789", stickerId = "10857" },
            new { type = "image", originalContentUrl = bot.PictureUrl, previewImageUrl = bot.PictureUrl },
            new { type = "location", title = "日日手作", address = "台南市中西區", latitude = 22.99, longitude = 120.2 },
            new { type = "audio", originalContentUrl = bot.PictureUrl, duration = 1000 });

        await Expect(phone.Bubbles("account", "text").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://shop.example/new");
        await Expect(phone.Bubbles("account", "sticker").GetByRole(AriaRole.Img, new() { Name = "貼圖：慶祝" })).ToHaveJSPropertyAsync("complete", true);
        await Expect(phone.Bubbles("account", "image").Locator("img:not(.face)")).ToHaveJSPropertyAsync("naturalWidth", 300);
        await Expect(phone.Bubbles("account", "location")).ToContainTextAsync("台南市中西區");
        await Expect(phone.Bubbles("account", "audio")).ToContainTextAsync("語音 0:01");
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_buttons_and_quick_replies_When_a_person_presses_them_Then_the_account_gets_postback_and_text()
    {
        await using var bot = await Bot.StartAsync(sandbox, "晚風髮藝");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("預約");
        await bot.ReplyAsync(await bot.NextAsync(), new
        {
            type = "template",
            altText = "預約",
            template = new { type = "buttons", text = "要剪還是染？", actions = new object[] { new { type = "postback", label = "剪髮", data = "cut=1", displayText = "我要剪髮" } } },
        });

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "剪髮" }).ClickAsync();
        await Expect(phone.Bubbles("person", "text").Last).ToContainTextAsync("我要剪髮");
        var pressed = await bot.NextAsync();
        pressed.GetProperty("postback").GetProperty("data").GetString().ShouldBe("cut=1");

        await bot.ReplyAsync(pressed, new
        {
            type = "text",
            text = "哪一天？",
            quickReply = new { items = new object[] { new { type = "action", action = new { type = "message", label = "週六", text = "週六下午" } } } },
        });
        var quick = window.Hook("quick-reply");
        await Expect(quick).ToHaveTextAsync("週六");
        await window.Page.ReloadAsync();
        await quick.ClickAsync(); // It was still there after the page had been loaded again.

        (await bot.NextAsync()).GetProperty("message").GetProperty("text").GetString().ShouldBe("週六下午");
        await Expect(quick).ToHaveCountAsync(0);
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_an_account_that_takes_its_time_When_it_starts_to_write_Then_dots_stand_until_its_answer()
    {
        await using var bot = await Bot.StartAsync(sandbox, "慢慢來書店");
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("在嗎？");
        var asked = await bot.NextAsync();

        await bot.StartTypingAsync(asked);
        await Expect(window.Hook("typing")).ToBeVisibleAsync();
        await bot.ReplyAsync(asked, new { type = "text", text = "在的" });

        await Expect(phone.Bubbles("account", "text")).ToContainTextAsync("在的");
        await Expect(window.Hook("typing")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Given_the_time_line_When_a_message_is_answered_Then_webhook_and_reply_stand_there_in_order_and_open_on_Enter()
    {
        await using var bot = await Bot.StartAsync(sandbox, "轉角花店");
        await using var window = await browser.OpenAsync(Size.Desk);
        var phone = await BefriendAsync(window, bot);
        await phone.WriteAsync("今天有鬱金香嗎？");
        var asked = await bot.NextAsync();
        var webhook = phone.Steps.And(window.Page.Locator("[data-kind=webhook]")).Filter(new() { HasText = "今天有鬱金香嗎？" });
        await Expect(webhook).ToContainTextAsync("200"); // A step stands where it ended: who replies before its own 200 stands before it.
        await bot.ReplyAsync(asked, new { type = "text", text = "有，粉色和白色。" });

        var reply = phone.Steps.And(window.Page.Locator("[data-kind=call]")).Filter(new() { HasText = "/v2/bot/message/reply" });
        await Expect(reply).ToContainTextAsync("200");
        (await OrderAsync(webhook)).ShouldBeLessThan(await OrderAsync(reply));

        await webhook.GetByRole(AriaRole.Button).First.PressAsync("Enter");
        await Expect(webhook.Locator("pre")).ToContainTextAsync("\"replyToken\"");
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_a_paused_time_line_When_more_passes_Then_it_waits_and_nothing_is_lost()
    {
        await using var bot = await Bot.StartAsync(sandbox, "小巷麵館");
        await using var window = await browser.OpenAsync(Size.Desk);
        var phone = await BefriendAsync(window, bot);
        await Expect(phone.Steps.First).ToBeVisibleAsync(); // The friend's webhook.
        await window.Hook("timeline-pause").ClickAsync();
        var before = await phone.Steps.CountAsync();

        await phone.WriteAsync("幾點開？");
        await bot.NextAsync();
        await Expect(window.Hook("timeline-pause")).ToContainTextAsync("2"); // What the customer did, and the webhook of it.
        (await phone.Steps.CountAsync()).ShouldBe(before);
        await window.Hook("timeline-pause").ClickAsync();

        await Expect(phone.Steps.Filter(new() { HasText = "幾點開？" }).First).ToBeVisibleAsync();
        await window.Hook("timeline-clear").ClickAsync();
        await Expect(phone.Steps).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Given_a_time_line_at_its_end_When_the_window_becomes_small_as_with_a_keyboard_on_the_screen_Then_the_newest_step_stays_in_sight()
    {
        await using var bot = await Bot.StartAsync(sandbox, "河岸書店");
        await using var window = await browser.OpenAsync(Size.Desk);
        var phone = await BefriendAsync(window, bot);
        for (var i = 1; i <= 6; i++)
        {
            await phone.WriteAsync($"第 {i} 本到了嗎？");
            await bot.NextAsync();
        }

        await Expect(phone.Steps.Filter(new() { HasText = "第 6 本到了嗎？" })).ToHaveCountAsync(2);
        await window.Page.SetViewportSizeAsync(Size.Phone.Width, Size.Phone.Height);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "時間軸" }).ClickAsync();
        await Expect(phone.Steps.Last).ToBeInViewportAsync();
        await window.Hook("let-an-hour-pass").ClickAsync();

        await Expect(window.Page.Locator("[data-testid=timeline-entry][data-kind=clock]")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Given_a_module_that_is_not_there_When_the_gateway_tries_again_Then_the_time_line_says_that_nobody_answered_and_that_it_is_a_repeat()
    {
        await using var bot = await Bot.StartAsync(sandbox, "港邊茶行");
        await using var window = await browser.OpenAsync(Size.Desk);
        await window.Page.RouteAsync($"**/phone/api/timeline/{bot.BotId}", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/event-stream", Body = NobodyThere }));
        var phone = new PhonePage(window);
        await phone.OpenAsync(sandbox.Address, "meiling", bot.BotId);

        var delivered = phone.Delivered("Echo", "message");
        await Expect(delivered.Locator(".entry-end .chip.wrong")).ToHaveTextAsync("無回應");
        await Expect(delivered).ToContainTextAsync("重送");
    }

    private async Task<PhonePage> BefriendAsync(Window window, Bot bot)
    {
        var phone = new PhonePage(window);
        await phone.OpenAsync(sandbox.Address, "meiling", bot.BotId);
        await phone.AddFriendAsync();
        (await bot.NextAsync()).GetProperty("type").GetString().ShouldBe("follow");
        return phone;
    }

    private static Task<int> OrderAsync(ILocator entry) => entry.EvaluateAsync<int>("entry => [...entry.parentElement.children].indexOf(entry)");
}
