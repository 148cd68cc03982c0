using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Retention;

public sealed class ErasureTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Planted = "PLANTED-the-secret-of-alice";

    private IGatewayStore Store => gateway.Services.GetRequiredService<IGatewayStore>();

    [Fact]
    public async Task Given_a_customer_of_whom_something_is_still_owed_When_she_is_erased_Then_it_does_not_count_as_undelivered_any_more()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        module.Module.Status = _ => 500;
        for (var i = 0; i < 5; i++)
            await shop.WriteAsync("carol", $"{i}");
        await module.Module.NextAsync("message");
        await gateway.RouteAsync();
        await gateway.Services.GetRequiredService<DeliveryEngine>().QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await gateway.ManageAsync(HttpMethod.Post, $"/management/accounts/{shop.Bot}/erase-customer", new { userId = shop.User("carol") });
        Store.Undelivered.Count.ShouldBe(await Store.ReadAsync(tx => tx.Events.CountUndelivered()));
    }

    [Fact]
    public async Task Given_a_customer_of_an_account_When_she_is_erased_Then_no_file_of_the_store_knows_her_and_everybody_else_is_there()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var (alice, bob) = (Bits(shop.User("alice")), Bits(shop.User("bob")));
        await shop.WriteAsync("alice", Planted);
        var seen = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        (await module.AcquireAsync(seen)).Status.ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("bob", "hello");
        await module.Module.NextAsync("message");
        var inGroup = shop.Message("alice", Planted);
        inGroup["source"] = new JsonObject { ["type"] = "group", ["groupId"] = shop.Room("family"), ["userId"] = shop.User("alice") };
        await shop.PostAsync(inGroup);
        await module.Module.NextAsync("message");
        await gateway.AdvanceAsync(TimeSpan.Zero); // All is delivered, and recorded.

        Occurrences(Planted).ShouldBe(0, "bodies are sealed");
        if (gateway.Store == Database.Sqlite)
        {
            Occurrences(alice).ShouldBeGreaterThan(0);
            Occurrences(bob).ShouldBeGreaterThan(0);
        }

        var done = (await gateway.ManageAsync(HttpMethod.Post, $"/management/accounts/{shop.Bot}/erase-customer", new { userId = seen, linkageId = module.Linkage.Value }))!;
        ((long)done["events"]!).ShouldBeGreaterThanOrEqualTo(3, "two messages, and the word that the chat was acquired");
        Occurrences(alice).ShouldBe(0);
        Occurrences(shop.User("alice")).ShouldBe(0);
        Occurrences(seen).ShouldBe(0);
        if (gateway.Store == Database.Sqlite)
            Occurrences(bob).ShouldBeGreaterThan(0);
        (await Store.ReadAsync(tx => tx.Control.Known(shop.Bot, IdKind.User, BinaryPrimitives.ReadUInt128BigEndian(alice)))).ShouldBeNull();
        gateway.Log.Lines.ShouldNotContain(line => line.Contains(shop.User("alice")) || line.Contains(seen) || line.Contains(Planted));

        // She is a stranger now; who writes again is met again.
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/accounts/{shop.Bot}/erase-customer", new { userId = seen, linkageId = module.Linkage.Value })).Status.ShouldBe(HttpStatusCode.NotFound);
        await shop.WriteAsync("alice", "here I am again");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("here I am again");
    }

    [Fact]
    public async Task Given_messages_that_are_still_owed_When_their_customer_is_erased_Then_they_come_to_nobody_and_others_messages_do()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = _ => 500;
        await shop.WriteAsync("alice", Planted);
        await shop.WriteAsync("bob", "hello");
        await module.Module.NextAsync("message");
        await module.Module.NextAsync("message");
        await gateway.ManageAsync(HttpMethod.Post, $"/management/accounts/{shop.Bot}/erase-customer", new { userId = shop.User("alice") });
        module.Module.Status = _ => 200;
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("hello");
        await shop.WriteAsync("alice", "here I am again");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("here I am again");
    }

    [Fact]
    public async Task Given_a_linkage_When_it_is_to_be_erased_Then_it_must_have_ended_and_what_others_were_given_stays()
    {
        var shop = await gateway.NewShopAsync();
        var (first, second) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await shop.WriteAsync("alice", "to both");
        await first.Module.NextAsync("message");
        await second.Module.NextAsync("message");
        await gateway.AdvanceAsync(TimeSpan.Zero);
        var path = $"/management/linkages/{first.Linkage.Value}/erase";
        (await gateway.RefusedAsync(HttpMethod.Post, path)).Status.ShouldBe(HttpStatusCode.Conflict);
        await shop.SetStateAsync(first, LinkageState.Ended);
        ((long)(await gateway.ManageAsync(HttpMethod.Post, path))!["deliveries"]!).ShouldBeGreaterThan(0);
        var (events, salt, mine, others) = await Store.ReadAsync(tx => (Events(tx, shop), tx.Control.Linkage(first.Linkage)!.SealedSalt, tx.Deliveries.Summary(first.Linkage).LastAt, tx.Deliveries.Summary(second.Linkage).LastAt));
        salt.ShouldBeNull();
        mine.ShouldBeNull();
        others.ShouldNotBeNull();
        events.Single(row => row.Type == "message").IsBlank.ShouldBeFalse();

        await shop.SetStateAsync(second, LinkageState.Ended);
        await gateway.ManageAsync(HttpMethod.Post, $"/management/linkages/{second.Linkage.Value}/erase");
        (await Store.ReadAsync(tx => Events(tx, shop))).Single(row => row.Type == "message").IsBlank.ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_organisation_When_it_is_to_be_erased_Then_nothing_of_it_may_be_in_use_and_afterwards_its_accounts_never_were()
    {
        var (shop, neighbour) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        var (module, other) = (await shop.LinkAsync(answersFirst: true), await neighbour.LinkAsync(answersFirst: true));
        await shop.WriteAsync("alice", Planted);
        await neighbour.WriteAsync("alice", "hello");
        await module.Module.NextAsync("message");
        await other.Module.NextAsync("message");
        var path = $"/management/organisations/{shop.Tenant.Value}/erase";
        (await gateway.RefusedAsync(HttpMethod.Post, path)).Status.ShouldBe(HttpStatusCode.Conflict);
        await shop.SetStateAsync(module, LinkageState.Ended);
        (await gateway.RefusedAsync(HttpMethod.Post, path)).Status.ShouldBe(HttpStatusCode.Conflict, "it is still connected at LINE");
        await shop.PostAsync(new JsonObject { ["type"] = "module", ["module"] = new JsonObject { ["type"] = "detached", ["botId"] = shop.Bot.ToString() }, ["mode"] = "active" });
        await gateway.AdvanceAsync(TimeSpan.Zero);

        await gateway.ManageAsync(HttpMethod.Post, path);
        (await Store.ReadAsync(tx => (tx.Control.Account(shop.Bot), Events(tx, shop).Count, Events(tx, neighbour).Any(row => row.IsBlank)))).ShouldBe((null, 0, false));
        if (gateway.Store == Database.Sqlite)
        {
            Occurrences(Bits(shop.User("alice"))).ShouldBe(0);
            Occurrences(Bits(neighbour.User("alice"))).ShouldBeGreaterThan(0);
        }
    }

    private static byte[] Bits(string lineId) => Convert.FromHexString(lineId.AsSpan(2, 32));

    private static List<EventRow> Events(IGatewayTransaction tx, Shop shop)
    {
        var events = new List<EventRow>();
        for (var seq = tx.Events.FirstSeq(); seq <= tx.Events.LastSeq(); seq++)
        {
            if (tx.Events.Find(seq) is { } row && row.Bot == shop.Bot)
                events.Add(row);
        }

        return events;
    }

    private int Occurrences(string text) => Occurrences(Encoding.UTF8.GetBytes(text));

    /// <summary>How often these bytes stand in the gateway's files, its log among them.</summary>
    private int Occurrences(byte[] bytes)
    {
        var found = 0;
        foreach (var path in Directory.GetFiles(gateway.Folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            var rest = content.GetBuffer().AsSpan(0, (int)content.Length);
            for (var at = rest.IndexOf(bytes); at >= 0; at = rest.IndexOf(bytes))
            {
                found++;
                rest = rest[(at + bytes.Length)..];
            }
        }

        return found;
    }
}
