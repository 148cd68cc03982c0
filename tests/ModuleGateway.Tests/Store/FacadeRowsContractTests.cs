using Line;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Facade;
using ModuleGateway.Journal;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Store.PostgreSql;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Store;

/// <summary>What the facade remembers, whichever database does.</summary>
public sealed class FacadeRowsContractTests : IAsyncLifetime
{
    private static readonly BotId Bot = BotId.FromBits(7);
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
    public async Task Given_messages_keys_and_tags_of_two_linkages_When_they_are_written_twice_Then_each_has_its_own_once_and_old_ones_can_be_let_go(Database database)
    {
        var store = await OpenAsync(database);
        var key = Guid.NewGuid();
        var accepted = new AcceptedKeyRow(One, "/v2/bot/message/push", key, "request", """[{"id":"1"}]""", Noon);
        var tag = new DeliveryTagRow("tag", Bot, One, [1, 2, 3], Noon);
        await store.WriteAsync(tx =>
        {
            tx.Received.Add(One, "123", Noon);
            tx.Received.Add(One, "123", Noon.AddHours(1));
            tx.AcceptedKeys.Add(accepted);
            tx.AcceptedKeys.Add(accepted with { RequestId = "a later one" });
            tx.AcceptedKeys.Add(accepted with { Linkage = Other, SentMessages = null, At = Noon.AddHours(-1) });
            tx.DeliveryTags.Add(tag);
            tx.DeliveryTags.Add(tag with { Tag = "older", At = Noon.AddHours(-1) });
            return true;
        });

        await store.ReadAsync(tx =>
        {
            tx.Received.Has(One, "123").ShouldBeTrue();
            tx.Received.Has(Other, "123").ShouldBeFalse();
            tx.Received.Has(One, "12").ShouldBeFalse();
            tx.AcceptedKeys.Find(One, accepted.Call, key).ShouldBe(accepted);
            tx.AcceptedKeys.Find(Other, accepted.Call, key)!.SentMessages.ShouldBeNull();
            tx.AcceptedKeys.Find(One, "/v2/bot/message/broadcast", key).ShouldBeNull();
            var found = tx.DeliveryTags.Find(Bot, "tag")!;
            found.SealedData.ShouldBe(tag.SealedData);
            (found with { SealedData = tag.SealedData }).ShouldBe(tag);
            tx.DeliveryTags.Find(BotId.FromBits(8), "tag").ShouldBeNull();
            return true;
        });

        await store.WriteAsync(tx =>
        {
            tx.AcceptedKeys.RemoveBefore(Noon);
            tx.DeliveryTags.RemoveBefore(Noon);
            return true;
        });
        await store.ReadAsync(tx =>
        {
            tx.AcceptedKeys.Find(One, accepted.Call, key).ShouldNotBeNull();
            tx.AcceptedKeys.Find(Other, accepted.Call, key).ShouldBeNull();
            tx.DeliveryTags.Find(Bot, "tag").ShouldNotBeNull();
            tx.DeliveryTags.Find(Bot, "older").ShouldBeNull();
            return true;
        });
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_module_that_sets_its_URL_twice_When_it_is_read_Then_the_last_holds_and_the_revision_has_grown_each_time(Database database)
    {
        var store = await OpenAsync(database);
        var endpoint = new ModuleEndpointRow(ModuleId.New(), "https://one.example/", "https://registered.example/", Noon);
        (await store.ReadAsync(tx => tx.ModuleEndpoints.Revision)).ShouldBe(0);
        foreach (var row in new[] { endpoint, endpoint with { Url = "https://two.example/", SetAt = Noon.AddHours(1) } })
        {
            await store.WriteAsync(tx =>
            {
                tx.ModuleEndpoints.Put(row);
                return true;
            });
        }

        (await store.ReadAsync(tx => tx.ModuleEndpoints.Revision)).ShouldBe(2);
        (await store.ReadAsync(tx => tx.ModuleEndpoints.All())).ShouldHaveSingleItem().ShouldBe(endpoint with { Url = "https://two.example/", SetAt = Noon.AddHours(1) });
    }

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
