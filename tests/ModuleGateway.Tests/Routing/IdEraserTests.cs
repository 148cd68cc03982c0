using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Routing;

public sealed class IdEraserTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_linkage_that_lives_on_When_its_ids_are_erased_Then_every_old_id_and_token_is_dead_and_fresh_ids_work()
    {
        var shop = await gateway.NewShopAsync();
        var (module, other) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        var (alice, reply, read) = await MeetAsync(shop, module);
        var theirs = (string)(await other.Module.NextAsync("message"))["source"]!["userId"]!;

        ((string?)(await EraseAsync(module))["ids"]).ShouldBe("replaced");
        await IsDeadAsync(module, alice, reply, read);
        (await other.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{theirs}")).Status.ShouldBe(HttpStatusCode.OK);

        var (fresh, freshReply, freshRead) = await MeetAsync(shop, module);
        fresh.ShouldNotBe(alice);
        (await module.PushAsync(fresh, "hello again")).Status.ShouldBe(HttpStatusCode.OK);
        (await module.ReplyAsync(freshReply, "hello again")).Status.ShouldBe(HttpStatusCode.OK);
        (await MarkAsReadAsync(module, freshRead)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_linkage_whose_ids_another_process_erased_When_this_one_is_called_Then_tokens_are_dead_at_once_and_ids_within_a_minute()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var (alice, reply, read) = await MeetAsync(shop, module);
        var following = gateway.Services.GetRequiredService<RegistryFollower>();
        var snapshot = gateway.Services.GetRequiredService<GatewayState>().Snapshot;

        // What the other process does to the store, and all that this one can know of it.
        await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            _ = tx.Control.Account(shop.Bot);
            var row = tx.Control.Linkage(module.Linkage)!;
            tx.Control.Put(row with { SealedSalt = gateway.Services.GetRequiredService<ModuleGateway.Security.Vault>().Salts.Seal(Guid.NewGuid().ToByteArray()), IdGeneration = row.IdGeneration + 1 });
            tx.Control.RaiseIdsRevision();
            return true;
        });
        (await module.ReplyAsync(reply, "too late")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await MarkAsReadAsync(module, read)).ShouldBe(HttpStatusCode.BadRequest);

        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await following.FollowAsync(CancellationToken.None); // Behind the worker's own look, or in its place.
        await IsDeadAsync(module, alice, reply, read);
        gateway.Services.GetRequiredService<GatewayState>().Snapshot.Linkages[module.Linkage].Ids.ShouldNotBe(snapshot.Linkages[module.Linkage].Ids);
    }

    [Fact]
    public async Task Given_a_linkage_that_has_ended_When_its_ids_are_erased_Then_the_salt_is_gone_and_a_new_start_has_fresh_ids()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var (alice, _, _) = await MeetAsync(shop, module);
        await shop.SetStateAsync(module, LinkageState.Ended);
        ((string?)(await EraseAsync(module))["ids"]).ShouldBe("removed");
        (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Linkage(module.Linkage)!.SealedSalt)).ShouldBeNull();

        await shop.SetStateAsync(module, LinkageState.On);
        var (fresh, _, _) = await MeetAsync(shop, module);
        fresh.ShouldNotBe(alice);
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{fresh}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_linkage_that_nobody_knows_When_its_ids_are_to_be_erased_Then_404() =>
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/linkages/{Guid.NewGuid()}/erase-ids")).Status.ShouldBe(HttpStatusCode.NotFound);

    private async Task<(string Id, string Reply, string Read)> MeetAsync(Shop shop, LinkedDouble module)
    {
        var message = shop.Message("alice", "hello", replyToken: Guid.NewGuid().ToString("N"));
        message["message"]!["markAsReadToken"] = Guid.NewGuid().ToString("N");
        await shop.PostAsync(message);
        var got = await module.Module.NextAsync("message");
        return ((string)got["source"]!["userId"]!, (string)got["replyToken"]!, (string)got["message"]!["markAsReadToken"]!);
    }

    private static async Task IsDeadAsync(LinkedDouble module, string id, string reply, string read)
    {
        (await module.PushAsync(id, "hello")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await module.AcquireAsync(id)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await module.ReplyAsync(reply, "hello")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await MarkAsReadAsync(module, read)).ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<HttpStatusCode> MarkAsReadAsync(LinkedDouble module, string token) =>
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/chat/markAsRead", new { markAsReadToken = token })).Status;

    private async Task<JsonNode> EraseAsync(LinkedDouble module) => (await gateway.ManageAsync(HttpMethod.Post, $"/management/linkages/{module.Linkage.Value}/erase-ids"))!;
}
