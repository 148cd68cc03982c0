using EndToEnd.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Phone;

/// <summary>The phone's page in a real browser, against LINE's stand-in alone.</summary>
[Collection(BrowserTests.Name)]
public sealed class PhoneTests(BrowserFixture browser, SandboxHost sandbox) : IClassFixture<SandboxHost>
{
    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task Given_a_stranger_When_they_add_the_account_and_write_Then_the_words_stand_in_the_chat_and_everything_fits(int width, ColorScheme colors)
    {
        await using var window = await browser.OpenAsync(new Size(width, 800), colors: colors);
        var phone = new PhonePage(window);
        var botId = await NewChatAsync("meiling");
        await phone.OpenAsync(sandbox.Address, "meiling", botId);

        await phone.AddFriendAsync();
        await phone.WriteAsync("請問週末有營業嗎？");

        await Expect(phone.Bubbles("person", "text").Last).ToContainTextAsync("請問週末有營業嗎？");
        await window.ShouldFitFingersAsync();
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_a_phone_of_mine_When_I_search_for_an_account_by_its_id_Then_only_that_one_is_listed_and_a_wrong_word_says_what_to_do()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        await window.Page.GotoAsync(new Uri(sandbox.Address, "/phone?as=meiling").ToString());
        var rows = window.Page.Locator("[data-testid^=account-row-]");
        var search = window.Page.GetByRole(AriaRole.Searchbox);

        await search.FillAsync("＠４２８ＹＵＮ"); // Full width, as an input method may leave it.
        await Expect(rows).ToHaveCountAsync(1);
        await search.FillAsync("沒有這一家");

        await Expect(rows).ToHaveCountAsync(0);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "顯示全部" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Given_a_chat_When_a_sticker_a_place_and_a_photo_are_sent_Then_each_is_shown_as_what_it_is()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = new PhonePage(window);
        var botId = await NewChatAsync("hana");
        await phone.OpenAsync(sandbox.Address, "hana", botId);
        await phone.AddFriendAsync();

        await window.Hook("composer-stickers").ClickAsync();
        await window.Hook("sticker-446-1989").ClickAsync();
        await Expect(phone.Bubbles("person", "sticker").GetByRole(AriaRole.Img, new() { Name = "貼圖：謝謝" })).ToBeVisibleAsync();

        await window.Hook("composer-more").ClickAsync();
        await window.Hook("composer-place").ClickAsync();
        await window.Hook("place-send").ClickAsync();
        await Expect(phone.Bubbles("person", "location")).ToContainTextAsync("大安森林公園");

        await window.Hook("composer-more").ClickAsync();
        var chooser = await window.Page.RunAndWaitForFileChooserAsync(() => window.Hook("composer-photo").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "wide.png", MimeType = "image/png", Buffer = TestPicture.Png(2000, 1000) });
        var photo = phone.Bubbles("person", "image").Locator("img");
        await Expect(photo).ToHaveJSPropertyAsync("naturalWidth", 1280); // Made smaller before it was sent.

        (await sandbox.MessagesAsync(botId, "hana")).EnumerateArray().Select(entry => entry.GetProperty("message").GetProperty("type").GetString())
            .ShouldBe(["sticker", "location", "image"]);
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_a_file_that_is_no_picture_When_it_is_chosen_Then_the_phone_says_so_and_sends_nothing()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = new PhonePage(window);
        var botId = await NewChatAsync("somchai");
        await phone.OpenAsync(sandbox.Address, "somchai", botId);
        await phone.AddFriendAsync();

        await window.Hook("composer-more").ClickAsync();
        var chooser = await window.Page.RunAndWaitForFileChooserAsync(() => window.Hook("composer-photo").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "notes.png", MimeType = "image/png", Buffer = "not a picture"u8.ToArray() });

        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("這個檔案不是可以讀取的圖片");
        (await sandbox.MessagesAsync(botId, "somchai")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Given_no_line_to_the_sandbox_When_a_message_is_sent_Then_it_stays_with_the_reason_and_goes_out_on_the_second_try()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = new PhonePage(window);
        var botId = await NewChatAsync("meiling");
        await phone.OpenAsync(sandbox.Address, "meiling", botId);
        await phone.AddFriendAsync();

        await window.SetOfflineAsync(true);
        await phone.WriteAsync("在嗎？");
        var again = window.Page.GetByRole(AriaRole.Button, new() { Name = "重新傳送" });
        await Expect(again).ToBeVisibleAsync();
        await Expect(phone.Log).ToContainTextAsync("未送出：沒有連線");
        await window.SetOfflineAsync(false);
        await again.ClickAsync();

        await Expect(again).ToHaveCountAsync(0);
        await Expect(phone.Bubbles("person", "text")).ToHaveCountAsync(1);
        (await sandbox.MessagesAsync(botId, "meiling")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_friend_When_they_block_and_unblock_Then_writing_is_closed_and_open_again()
    {
        await using var window = await browser.OpenAsync(Size.Phone, "en");
        var phone = new PhonePage(window);
        var botId = await NewChatAsync("alex");
        await phone.OpenAsync(sandbox.Address, "alex", botId, "en");
        await phone.AddFriendAsync();

        await window.Hook("chat-menu").ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Block" }).ClickAsync();
        await Expect(phone.Text).ToHaveCountAsync(0);
        await window.Hook("unblock").ClickAsync();

        await Expect(phone.Text).ToBeFocusedAsync();
        window.ShouldBeWithoutErrors();
    }

    [Fact]
    public async Task Given_only_a_keyboard_When_a_person_picks_an_account_and_writes_Then_no_mouse_was_needed()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = new PhonePage(window);
        var botId = await NewChatAsync("hana");
        await sandbox.Client.PostAsync($"/phone/api/chats/{botId}/hana/follow", content: null);
        await window.Page.GotoAsync(new Uri(sandbox.Address, "/phone?as=hana&lang=zh-TW").ToString());
        await window.Page.GetByRole(AriaRole.Searchbox).FocusAsync();

        await window.Hook($"account-row-{botId}").PressAsync("Enter");
        await Expect(phone.Text).ToBeVisibleAsync();
        await phone.Text.PressSequentiallyAsync("第一行");
        await phone.Text.PressAsync("Shift+Enter");
        await phone.Text.PressSequentiallyAsync("第二行");
        await phone.Text.PressAsync("Enter");

        await Expect(phone.Bubbles("person", "text")).ToContainTextAsync("第一行\n第二行", new() { UseInnerText = true });
        await Expect(phone.Text).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Given_a_half_written_message_When_the_language_is_changed_Then_the_page_speaks_it_and_the_words_are_still_there()
    {
        await using var window = await browser.OpenAsync(Size.Phone);
        var phone = new PhonePage(window);
        var botId = await NewChatAsync("alex");
        await phone.OpenAsync(sandbox.Address, "alex", botId);
        await phone.AddFriendAsync();
        await phone.Text.FillAsync("我想預約");

        await window.Page.GetByRole(AriaRole.Combobox, new() { Name = "語言" }).SelectOptionAsync("en");

        await Expect(phone.Text).ToHaveAttributeAsync("placeholder", "Message");
        await Expect(phone.Text).ToHaveValueAsync("我想預約");
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    /// <summary>An account that this person has not added yet: tests share the sandbox and no chat.</summary>
    private async Task<string> NewChatAsync(string person)
    {
        for (var index = 0; ; index++)
        {
            var botId = await sandbox.BotIdAsync(index);
            var chat = await sandbox.Client.GetStringAsync($"/phone/api/chats/{botId}/{person}/messages");
            if (chat.Contains("\"friend\":\"none\"", StringComparison.Ordinal))
                return botId;
        }
    }
}
