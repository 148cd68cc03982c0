using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Facade;
using ModuleGateway.Metering;
using ModuleGateway.Owned;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Tests.Facade;

/// <summary>LINE says yes in words that are no JSON: its own, or those of something on the way to it.</summary>
public sealed class StrangeAnswerTests(GatewayHost gateway) : IClassFixture<GatewayHost>, IDisposable
{
    public void Dispose() => gateway.Line.Answer = _ => null;

    [Theory]
    [InlineData("<html>It is done.</html>")]
    [InlineData("")]
    [InlineData("{\"richMenuId\":")]
    public async Task Given_a_success_that_is_no_JSON_When_something_was_made_Then_the_module_gets_it_as_it_is_and_owns_nothing(string said)
    {
        var (shop, module, _) = await TalkAsync();
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/richmenu" ? (200, said) : null;
        using var answer = await module.RequestAsync(HttpMethod.Post, "/v2/bot/richmenu", Json("{}"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(said);
        var store = gateway.Services.GetRequiredService<IGatewayStore>();
        (await store.ReadAsync(tx => tx.Things.Of(module.Linkage, tx.Control.Account(shop.Bot)!.Channel, ThingKind.RichMenu, DateTimeOffset.UnixEpoch, 10))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_success_that_is_no_JSON_When_a_push_is_accepted_Then_it_counts_and_ids_in_its_words_are_the_modules()
    {
        var (shop, module, alice) = await TalkAsync();
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/push" ? (200, $"Sent to {shop.User("alice")}.") : null;
        using var answer = await module.RequestAsync(HttpMethod.Post, "/v2/bot/message/push", Json($$"""{"to":"{{alice}}","messages":[{"type":"text","text":"hello"}]}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($"Sent to {alice}.");
        await gateway.Services.GetRequiredService<AcceptedSends>().WriteAsync(CancellationToken.None);
        ((int)(await gateway.ManageAsync($"/management/linkages/{module.Linkage.Value}/sends"))["recipients"]!).ShouldBe(1);
    }

    [Theory]
    [InlineData("/v2/bot/richmenu/list", "{\"richmenus\":[{\"richMenuId\":\"richmenu-of-another\"}")]
    [InlineData("/v2/bot/audienceGroup/list?page=1", "audienceGroups: 17")]
    [InlineData("/v2/bot/coupon", "<html></html>")]
    public async Task Given_a_list_that_is_no_JSON_When_it_may_name_what_others_made_Then_it_is_not_handed_on(string path, string said)
    {
        var (shop, module, _) = await TalkAsync();
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && path.StartsWith(call.Path, StringComparison.Ordinal) ? (200, said) : null;
        using var answer = await module.RequestAsync(HttpMethod.Get, path, null);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"LINE's answer could not be read."}""");
    }

    [Fact]
    public async Task Given_a_step_that_fails_after_LINE_has_answered_When_others_wait_to_hear_of_it_Then_each_hears_and_the_failure_is_told()
    {
        var (shop, module, _) = await TalkAsync();
        var row = FacadeTable.All.Single(one => one.Name == "GET /v2/bot/info");
        var call = new FacadeCall(new DefaultHttpContext { Request = { Method = "GET", Path = row.Path } }, gateway.Services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage], row, default);
        var (first, last) = (new Step(), new Step());
        var upstream = new UpstreamCall(gateway.Services.GetRequiredService<LineUpstream>(), gateway.Services.GetRequiredService<IGatewayStore>(), [first, new Step { Fails = true }, last]);
        var channel = (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Account(shop.Bot)))!.Channel;

        await Should.ThrowAsync<NotSupportedException>(() => upstream.RawAsync(call, channel, new LineRequest(row), CancellationToken.None));
        (first.Heard, last.Heard).ShouldBe((200, 200));
    }

    private async Task<(Shop Shop, LinkedDouble Module, string Alice)> TalkAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true, scopes: [Scopes.MessageSend, Scopes.MessageReceive, Scopes.AccountManage, Scopes.CouponManage]);
        await shop.WriteAsync("alice", "hello");
        return (shop, module, (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");

    private sealed class Step : ICallStep
    {
        public bool Fails { get; init; }

        public int Heard { get; private set; }

        public ValueTask<FacadeAnswer?> BeforeAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken) => ValueTask.FromResult<FacadeAnswer?>(null);

        public ValueTask<UpstreamAnswer> AfterAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken)
        {
            Heard = answer.Status;
            return Fails ? throw new NotSupportedException() : ValueTask.FromResult(answer);
        }
    }
}
