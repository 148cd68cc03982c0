using System.Net;
using System.Security.Cryptography;
using System.Text;
using Line;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Tests.Linkages;

public sealed class LinkageIdsTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly BotId Bot = BotId.Parse("U0123456789abcdef0123456789abcdef", null);

    [Fact]
    public async Task Given_one_person_on_two_accounts_and_two_modules_on_one_When_events_arrive_Then_three_linkages_see_three_ids_and_each_maps_back()
    {
        var (salon, cafe) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        var booking = await salon.LinkAsync(answersFirst: true);
        var desk = await salon.LinkAsync();
        var loyalty = await cafe.LinkAsync(answersFirst: true);
        var stamps = await cafe.LinkAsync();

        await salon.WriteAsync("alice", "hello salon");
        await cafe.WriteAsync("alice", "hello cafe");
        var seen = new Dictionary<LinkedDouble, string>();
        foreach (var module in new[] { booking, desk, loyalty, stamps })
            seen[module] = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;

        seen.Values.Distinct().Count().ShouldBe(4);
        seen.Values.Select(id => id[..34]).Distinct().Count().ShouldBe(4);
        seen.Values.ShouldNotContain(salon.User("alice"));
        seen.Values.ShouldNotContain(cafe.User("alice"));
        foreach (var (module, shop) in new[] { (booking, salon), (desk, salon), (loyalty, cafe), (stamps, cafe) })
        {
            (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{seen[module]}")).Status.ShouldBe(HttpStatusCode.OK);
            gateway.Line.Calls.ShouldContain(call => call.Path == $"/v2/bot/profile/{shop.User("alice")}" && call.Bot == shop.Bot.ToString());
        }
    }

    [Fact]
    public void Given_two_linkages_When_they_are_told_of_deliveries_Then_the_ids_are_lasting_and_count_nothing()
    {
        var master = RandomNumberGenerator.GetBytes(32);
        var salt = RandomNumberGenerator.GetBytes(LinkageIds.SaltBytes);
        var ids = new LinkageIds(LinkageId.New(), Bot, master, salt);
        var others = new LinkageIds(LinkageId.New(), Bot, master, RandomNumberGenerator.GetBytes(LinkageIds.SaltBytes));

        ids.DeliveryId(7).ShouldBe(new LinkageIds(LinkageId.New(), Bot, master, salt).DeliveryId(7));
        ids.DeliveryId(7).ShouldNotBe(others.DeliveryId(7));
        ids.DeliveryId(8)[..16].ShouldNotBe(ids.DeliveryId(7)[..16]);
    }

    [Fact]
    public async Task Given_an_id_of_another_linkage_When_a_module_uses_it_Then_it_is_an_unknown_user()
    {
        var shop = await gateway.NewShopAsync();
        var first = await shop.LinkAsync(answersFirst: true);
        var second = await shop.LinkAsync();
        await shop.WriteAsync("alice", "hello");
        await first.Module.NextAsync("message");
        var stolen = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;

        (await first.PushAsync(stolen, "hi")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await first.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{stolen}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await first.AcquireAsync(stolen)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await first.AcquireAsync("somebody")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public void Given_random_ids_of_each_kind_When_they_are_mapped_Then_they_map_back_and_kinds_never_meet()
    {
        var ids = New();
        for (var i = 0; i < 1000; i++)
        {
            var bits = new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64());
            var mapped = new[] { IdKind.User, IdKind.Group, IdKind.Room }.Select(kind => ids.ToModule(kind, bits)).ToArray();
            mapped.Distinct().Count().ShouldBe(3);
            ids.FromModule(IdKind.User, mapped[0]).ShouldBe(bits);
            ids.FromModule(IdKind.Group, mapped[1]).ShouldBe(bits);
            ids.FromModule(IdKind.Room, mapped[2]).ShouldBe(bits);
        }
    }

    [Fact]
    public void Given_more_linkages_than_keys_are_kept_expanded_When_all_map_in_turns_Then_each_goes_on_as_before()
    {
        var all = Enumerable.Range(0, ExpandedKeys.Max * 2).Select(_ => New()).ToList();
        var first = all.ConvertAll(ids => ids.ToModule(IdKind.User, 7));
        first.ShouldBeUnique();
        for (var i = 0; i < all.Count; i++)
        {
            all[i].ToModule(IdKind.User, 7).ShouldBe(first[i]);
            all[i].FromModule(IdKind.User, first[i]).ShouldBe((UInt128)7);
        }
    }

    [Theory]
    [InlineData("LU00112233445566778899aabbccddeeff-U0123456789abcdef0123456789abcdef")]
    [InlineData("U00112233445566778899aabbccddeeff")]
    [InlineData("u206d25c2ea6bd87c17655609a1c37cb8")]
    [InlineData("U4af4980629...")]
    [InlineData("一個名字")]
    public void Given_a_users_id_of_any_shape_When_it_is_mapped_Then_the_module_sees_LINEs_shape_and_nothing_of_the_id(string lineId)
    {
        var ids = New();
        var upstream = UpstreamId.Read(IdKind.User, Encoding.UTF8.GetBytes(lineId), Bot);
        var seen = ids.ToText(upstream);

        seen.ShouldMatch("^LU[0-9a-f]{32}-U0123456789abcdef0123456789abcdef$");
        seen.ShouldNotContain(lineId.Trim('L', 'U', '.')[..4]);
        upstream.ToText(Bot).ShouldBe(lineId);
        IdText.TryReadFromModule(Encoding.ASCII.GetBytes(seen), Bot, out var kind, out var bits).ShouldBeTrue();
        ids.FromModule(kind, bits).ShouldBe(upstream.Bits);
    }

    private static LinkageIds New() => new(LinkageId.New(), Bot, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(16));
}
