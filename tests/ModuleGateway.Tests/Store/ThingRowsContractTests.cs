using Line;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Owned;
using ModuleGateway.Store;
using ModuleGateway.Store.PostgreSql;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Store;

/// <summary>Whose is what at LINE, whichever database says so.</summary>
public sealed class ThingRowsContractTests : IAsyncLifetime
{
    private static readonly BotId Bot = BotId.FromBits(7);
    private static readonly ChannelId Channel = ChannelId.Parse("1650000001", null);
    private static readonly ChannelId OtherChannel = ChannelId.Parse("1650000002", null);
    private static readonly LinkageId One = LinkageId.New();
    private static readonly LinkageId Other = LinkageId.New();
    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
    private readonly string _folder = Directory.CreateTempSubdirectory("store-tests").FullName;
    private IGatewayStore? _store;
    private GatewayStore? _database;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        (_store as IDisposable)?.Dispose();
        if (_database is not null)
            await _database.DropAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_things_of_two_linkages_and_two_channels_When_they_are_asked_for_Then_each_has_its_own_counted_and_in_the_order_they_were_made(Database database)
    {
        var store = await OpenAsync(database);
        await PutAsync(store,
            Thing("b", One, Noon.AddMinutes(1)), Thing("a", One, Noon), Thing("c", Other, Noon), Thing("a", Other, Noon, channel: OtherChannel),
            Thing("a", One, Noon, ThingKind.RichMenuAlias), Thing("d", One, Noon.AddDays(-40)));

        (await store.ReadAsync(tx => tx.Things.Of(One, Channel, ThingKind.RichMenu, DateTimeOffset.MinValue, 10))).Select(thing => thing.Key.Id).ShouldBe(["d", "a", "b"]);
        (await store.ReadAsync(tx => tx.Things.Of(One, Channel, ThingKind.RichMenu, Noon, 1))).ShouldHaveSingleItem().ShouldBe(Thing("a", One, Noon));
        (await store.ReadAsync(tx => tx.Things.Count(One, Channel, ThingKind.RichMenu, Noon))).ShouldBe(2);
        (await store.ReadAsync(tx => tx.Things.Find(Thing("a", One, Noon, channel: OtherChannel).Key))).ShouldNotBeNull().Linkage.ShouldBe(Other);
        (await store.ReadAsync(tx => tx.Things.Find(Thing("c", One, Noon, ThingKind.Coupon).Key))).ShouldBeNull();

        await store.WriteAsync(tx =>
        {
            tx.Things.Remove(Thing("a", One, Noon).Key);
            tx.Things.Put(Thing("b", One, Noon.AddHours(1)));
            return tx.Things.RemoveOlder(ThingKind.RichMenu, Noon, 10);
        });
        (await store.ReadAsync(tx => tx.Things.Of(One, Channel, ThingKind.RichMenu, DateTimeOffset.MinValue, 10))).ShouldHaveSingleItem().ShouldBe(Thing("b", One, Noon.AddHours(1)));
        (await store.ReadAsync(tx => tx.Things.Find(Thing("a", One, Noon, ThingKind.RichMenuAlias).Key))).ShouldNotBeNull();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_linkage_that_ended_When_what_it_left_is_due_Then_one_thing_of_each_bot_comes_aliases_and_audiences_before_menus_and_none_that_others_or_customers_have(Database database)
    {
        var store = await OpenAsync(database);
        var elsewhere = new ThingKey(Channel, BotId.FromBits(8), ThingKind.RichMenu, "elsewhere");
        await PutAsync(store,
            Thing("menu", One, Noon), Thing("alias", One, Noon, ThingKind.RichMenuAlias), Thing("coupon", One, Noon, ThingKind.Coupon), Thing("theirs", Other, Noon), new ThingRow(elsewhere, One, Noon));
        await store.WriteAsync(tx =>
        {
            tx.Things.LeaveAt(One, Noon);
            return true;
        });

        async Task<List<string>> DueAsync(DateTimeOffset now) => [.. (await store.ReadAsync(tx => tx.Things.LeavingDue(now, 10))).Select(thing => thing.Key.Id).Order(StringComparer.Ordinal)];
        (await DueAsync(Noon.AddSeconds(-1))).ShouldBeEmpty();
        (await DueAsync(Noon)).ShouldBe(["alias", "elsewhere"]);
        await store.WriteAsync(tx =>
        {
            tx.Things.Remove(Thing("alias", One, Noon, ThingKind.RichMenuAlias).Key);
            tx.Things.LeaveAt(elsewhere, Noon.AddMinutes(1));
            tx.Things.LeaveAt(Thing("theirs", Other, Noon).Key, Noon); // It does not leave: no try of its own is due.
            return true;
        });
        (await DueAsync(Noon)).ShouldBe(["menu"]);
        await store.WriteAsync(tx =>
        {
            tx.Things.LeaveAt(One, null);
            return true;
        });
        (await DueAsync(Noon.AddDays(1))).ShouldBeEmpty();
    }

    private static ThingRow Thing(string id, LinkageId linkage, DateTimeOffset at, ThingKind kind = ThingKind.RichMenu, ChannelId? channel = null) => new(new ThingKey(channel ?? Channel, Bot, kind, id), linkage, at);

    private static Task<bool> PutAsync(IGatewayStore store, params ThingRow[] things) => store.WriteAsync(tx =>
    {
        foreach (var thing in things)
            tx.Things.Put(thing);
        return true;
    });

    private async Task<IGatewayStore> OpenAsync(Database database)
    {
        _database = new GatewayStore(database, new TestClock());
        await _database.CreateAsync();
        _store = database == Database.Sqlite
            ? new SqliteStore(new StoreOptions { Folder = _folder }, new StoreClock(TimeProvider.System))
            : new PostgreSqlStore(new StoreOptions { Provider = StoreOptions.PostgreSql, AllowFsyncOff = true, ConnectionString = _database.Settings["Store:ConnectionString"] }, NullLogger<PostgreSqlStore>.Instance);
        await _store.OpenAsync(CancellationToken.None);
        return _store;
    }
}
