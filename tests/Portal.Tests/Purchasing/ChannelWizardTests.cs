using System.Net;
using Portal.Purchasing;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Purchasing;

/// <summary>The wizard that connects an account by its own channel, as a way through the order.</summary>
public sealed class ChannelWizardTests
{
    [Fact]
    public async Task Given_an_order_When_the_account_is_connected_by_its_own_channel_Then_it_goes_on_to_the_review_as_after_a_consent()
    {
        await using var portal = await PortalHost.StartAsync();
        var module = await portal.ListAsync("keyword-reply");
        var (buyer, wizard) = await ToWizardAsync(portal);
        var found = await LookAsync(buyer, wizard);
        found.TextOf("channel-account").ShouldContain("雲腳咖啡");
        found.TextOf("channel-url-now").ShouldBe("https://before.example/webhook");
        (await buyer.OrderAsync(module)).State.ShouldBe(OrderState.AtLine); // Looked at, and nothing done.

        await portal.ConnectAsync(portal.Gateway.ChannelBot, "雲腳咖啡", [.. Scopes.Base]);
        var connected = await buyer.Browser.PressAsync(found, "channel-connect");
        connected.TextOf("channel-url-before").ShouldBe("https://before.example/webhook");
        var page = await buyer.ConfirmAsync(await buyer.Browser.OpenAsync(connected.LinkOf("channel-continue")), "Cloudfoot");
        page.Path.ShouldStartWith("/o/cloudfoot/modules/");
        portal.Gateway.AttachBodies.ShouldBeEmpty(); // LINE's consent was never asked for.
    }

    [Theory]
    [InlineData("wrongSecret", "channel-secret-error")]
    [InlineData("noMessagingApi", "channel-id-error")]
    [InlineData("channelOfOurs", "channel-id-error")]
    [InlineData("connectedByConsent", "channel-id-error")]
    public async Task Given_a_channel_that_the_gateway_refuses_When_it_is_shown_Then_one_sentence_stands_at_the_field_and_the_secret_nowhere(string fault, string at)
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        foreach (var language in new[] { "en", "zh-TW" })
        {
            var (buyer, wizard) = await ToWizardAsync(portal, language);
            portal.Gateway.ChannelFault = fault;
            var refused = await LookAsync(buyer, wizard);
            refused.Html.ShouldContain($"id=\"{at}\"");
            refused.Text.ShouldNotContain("said in English");
            refused.Text.ShouldNotContain("Channel.Fault"); // A text, not its key.
            refused.Html.ShouldNotContain("the very secret");
            refused.AttributeOf("channel-id", "value").ShouldBe("1650000077");
            portal.Gateway.ChannelFault = null;
        }
    }

    [Theory]
    [InlineData("12a", "secret", "channel-id-error")]
    [InlineData("", "secret", "channel-id-error")]
    [InlineData("1650000077", "", "channel-secret-error")]
    public async Task Given_a_form_that_is_not_filled_in_right_When_it_is_sent_Then_the_field_says_so_and_nobody_is_asked(string id, string secret, string at)
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var (buyer, wizard) = await ToWizardAsync(portal);
        (await LookAsync(buyer, wizard, id, secret)).Html.ShouldContain($"id=\"{at}\"");
        portal.Gateway.ChannelBodies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_switch_that_is_off_at_LINE_When_the_buyer_connects_Then_the_page_says_what_to_do_and_trying_again_goes_on()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var (buyer, wizard) = await ToWizardAsync(portal);
        var found = await LookAsync(buyer, wizard);
        portal.Gateway.ConnectFault = "webhookOff";
        var off = await buyer.Browser.PressAsync(found, "channel-connect");
        off.TextOf("channel-problem").ShouldContain("Use webhook");
        portal.Gateway.ConnectFault = null;
        await portal.ConnectAsync(portal.Gateway.ChannelBot, "雲腳咖啡", [.. Scopes.Base]);
        (await buyer.Browser.PressAsync(off, "channel-connect")).Has("channel-connected").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_account_of_another_company_When_its_channel_is_shown_Then_it_is_refused_before_anything_changes_at_LINE()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var owner = await Buyer.NewAsync(portal);
        var bot = ShopWindow.NewBot();
        await owner.BuyAsync("keyword-reply", bot, "The owner");
        var (buyer, wizard) = await ToWizardAsync(portal);
        portal.Gateway.ChannelBot = bot;
        var refused = await LookAsync(buyer, wizard);
        refused.Text.ShouldContain("already connected by another company");
        refused.Has("channel-connect").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_somebody_elses_order_When_its_wizard_is_opened_or_posted_to_Then_it_does_not_exist()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var (_, wizard) = await ToWizardAsync(portal);
        var (stranger, own) = await ToWizardAsync(portal);
        (await stranger.Browser.OpenAsync(wizard.Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Browser.PostAsync(wizard.Path + "/connect", own)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_module_that_needs_what_no_own_channel_gives_When_a_channel_is_shown_Then_the_page_says_so_before_anything_changes_at_LINE()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply", scopes: [Scopes.MessageSend, "message:templated_pnp"]);
        var (buyer, wizard) = await ToWizardAsync(portal);
        var refused = await LookAsync(buyer, wizard);
        refused.TextOf("channel-problem").ShouldContain("cannot give");
        refused.Has("channel-connect").ShouldBeFalse();
    }

    private static async Task<(Buyer Buyer, Page Wizard)> ToWizardAsync(PortalHost portal, string language = "en")
    {
        var buyer = await Buyer.NewAsync(portal, language: language);
        portal.Gateway.ChannelBot = ShopWindow.NewBot();
        var account = await buyer.Browser.OpenAsync("/get/keyword-reply/account?plan=free");
        var wizard = await buyer.Browser.PressAsync(account, "account-channel");
        wizard.Path.ShouldEndWith("/channel");
        return (buyer, wizard);
    }

    private static Task<Page> LookAsync(Buyer buyer, Page wizard, string id = "1650000077", string secret = "the very secret") =>
        buyer.Browser.PressAsync(wizard, "channel-look", ("Input.ChannelId", id), ("Input.ChannelSecret", secret));
}
