using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Demo;
using Marketplace.Demo.Steps;
using Marketplace.Tests.Hosting;

namespace Marketplace.Tests.Demo;

/// <summary>The wizard on the real rooms: an account that cannot be taken to LINE's consent is connected by its own channel, and a module answers in it.</summary>
public sealed class OwnChannelTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Given_an_account_with_a_bot_of_its_own_When_its_owner_orders_a_module_by_id_and_secret_Then_the_module_answers_in_it_and_the_old_address_is_kept()
    {
        await using var market = await Market.StartAsync();
        await using var cast = new Cast(market.Addresses, TimeProvider.System);
        using var limit = new CancellationTokenSource(Ample);
        cast.Account = await cast.Line.AddAccountAsync($"自有頻道 {cast.Mark}", limit.Token);
        using var made = await cast.Http.PostAsJsonAsync(new Uri(market.Addresses.Sandbox, $"/sandbox/api/accounts/{cast.Bot}/primary"), new { }, limit.Token);
        var channel = await made.Content.ReadFromJsonAsync<JsonElement>(limit.Token);
        var (id, secret, before) = (Text(channel, "channelId"), Text(channel, "channelSecret"), Text(channel, "webhookUrl"));
        await PlayAsync(cast, Shopping.Steps, limit.Token);

        cast.Page = await cast.Browser.ClickAsync(cast.Page, "account-channel", limit.Token);
        cast.Page.Get("channel-wizard");
        var wrong = await cast.Browser.ClickAsync(cast.Page, "channel-look", limit.Token, form => form.Set("Input.ChannelId", id).Set("Input.ChannelSecret", "not the secret"));
        wrong.Get("channel-secret")["aria-invalid"].ShouldBe("true");
        wrong.Get("channel-secret")["value"].ShouldBeNull(); // Never shown again.
        wrong.Get("channel-id")["value"].ShouldBe(id);

        var found = await cast.Browser.ClickAsync(wrong, "channel-look", limit.Token, form => form.Set("Input.ChannelId", id).Set("Input.ChannelSecret", secret));
        found.Get("channel-account").Text.ShouldContain(cast.Account.Name);
        found.Get("channel-url-now").Text.ShouldBe(before);
        (await UrlAtLineAsync(cast, id, limit.Token)).ShouldBe(before);
        var connected = await cast.Browser.ClickAsync(found, "channel-connect", limit.Token);
        connected.Get("channel-url-before").Text.ShouldBe(before);
        (await UrlAtLineAsync(cast, id, limit.Token)).ShouldBe(new Uri(market.Addresses.Gateway, $"/webhook/{id}").ToString());

        cast.Page = await cast.Browser.ClickAsync(connected, "channel-continue", limit.Token);
        cast.Page.Get("review");
        await PlayAsync(cast, TurningOn.Steps, limit.Token);
        await PlayAsync(cast, Chatting.Steps, limit.Token);
    }

    [Fact]
    public async Task Given_a_channel_whose_webhook_is_switched_off_When_it_is_switched_on_as_the_page_says_Then_trying_again_connects()
    {
        await using var market = await Market.StartAsync();
        await using var cast = new Cast(market.Addresses, TimeProvider.System);
        using var limit = new CancellationTokenSource(Ample);
        cast.Account = await cast.Line.AddAccountAsync($"自有頻道 {cast.Mark}", limit.Token);
        using var made = await cast.Http.PostAsJsonAsync(new Uri(market.Addresses.Sandbox, $"/sandbox/api/accounts/{cast.Bot}/primary"), new { }, limit.Token);
        var channel = await made.Content.ReadFromJsonAsync<JsonElement>(limit.Token);
        var (id, secret) = (Text(channel, "channelId"), Text(channel, "channelSecret"));
        await SwitchAsync(cast, id, limit.Token);
        await PlayAsync(cast, Shopping.Steps, limit.Token);
        cast.Page = await cast.Browser.ClickAsync(cast.Page, "account-channel", limit.Token);
        var found = await cast.Browser.ClickAsync(cast.Page, "channel-look", limit.Token, form => form.Set("Input.ChannelId", id).Set("Input.ChannelSecret", secret));
        var off = await cast.Browser.ClickAsync(found, "channel-connect", limit.Token);
        off.Get("channel-problem").Text.ShouldContain("“Use webhook” is off");
        (await UrlAtLineAsync(cast, id, limit.Token)).ShouldBe(Text(channel, "webhookUrl"));

        await SwitchAsync(cast, id, limit.Token);
        (await cast.Browser.ClickAsync(off, "channel-connect", limit.Token)).Get("channel-connected");
    }

    private static async Task PlayAsync(Cast cast, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
            await step.PlayAsync(cast, cancellationToken);
    }

    private static async Task<string?> UrlAtLineAsync(Cast cast, string id, CancellationToken cancellationToken)
    {
        var channels = await cast.Http.GetFromJsonAsync<JsonElement>(new Uri(cast.Addresses.Sandbox, "/sandbox/api/channels"), cancellationToken);
        return Text(channels.EnumerateArray().Single(channel => Text(channel, "channelId") == id), "webhookUrl");
    }

    private static async Task SwitchAsync(Cast cast, string id, CancellationToken cancellationToken)
    {
        using var answer = await cast.Http.PostAsync(new Uri(cast.Addresses.Sandbox, $"/sandbox/api/channels/{id}/use-webhook"), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
