using Line;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Store.PostgreSql;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Store;

/// <summary>How what is owed is found again without reading all of it, on either database.</summary>
public sealed class DeliveryRowsContractTests : IAsyncLifetime
{
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
    public async Task Given_many_linkages_and_chats_When_they_are_looked_up_in_pages_Then_each_is_found_once_however_much_it_is_owed(Database database)
    {
        var store = await OpenAsync(database);
        var linkages = Enumerable.Range(0, 25).Select(_ => LinkageId.New()).ToList();
        await store.WriteAsync(tx =>
        {
            foreach (var linkage in linkages)
            {
                for (var i = 0; i < 40; i++)
                    Owe(tx, linkage, i % 8 == 7 ? null : Chat(i % 8), null);
                Owe(tx, linkage, Chat(3), 2);
                Owe(tx, linkage, null, 5);
            }

            return true;
        });

        var found = new List<LinkageId>();
        while (await store.ReadAsync(tx => tx.Deliveries.OwedLinkages(found.Count > 0 ? found[^1] : null, 10)) is { Count: > 0 } page)
            found.AddRange(page);
        found.ShouldBe(linkages, ignoreOrder: true);

        var lanes = new List<Lane>();
        while (await store.ReadAsync(tx => tx.Deliveries.OwedLanes(linkages[7], null, lanes.Count > 0 ? lanes[^1] : null, 3)) is { Count: > 0 } page)
            lanes.AddRange(page);
        lanes.ShouldBe([.. Enumerable.Range(0, 7).Select(i => new Lane(linkages[7], Chat(i))), new Lane(linkages[7], null)], ignoreOrder: true);
        lanes[^1].Chat.ShouldBeNull();

        (await store.ReadAsync(tx => tx.Deliveries.OwedReplay(linkages[7]))).ShouldBe(2);
        (await store.ReadAsync(tx => tx.Deliveries.OwedLanes(linkages[7], 2, null, 10))).ShouldBe([new Lane(linkages[7], Chat(3), 2)]);
        (await store.ReadAsync(tx => tx.Deliveries.OwedLanes(linkages[7], 5, null, 10))).ShouldBe([new Lane(linkages[7], null, 5)]);
        (await store.ReadAsync(tx => tx.Deliveries.OwedLanes(linkages[7], 6, null, 10))).ShouldBeEmpty();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_delivery_that_stepped_aside_When_it_is_looked_for_Then_its_lane_has_it_no_longer_and_it_is_found_when_it_is_due(Database database)
    {
        var store = await OpenAsync(database);
        var linkage = LinkageId.New();
        await store.WriteAsync(tx =>
        {
            Owe(tx, linkage, Chat(1), null);
            return true;
        });
        var id = (await store.ReadAsync(tx => tx.Deliveries.Owed(new Lane(linkage, Chat(1)), 0, 10))).ShouldHaveSingleItem().Id;
        await store.WriteAsync(tx =>
        {
            tx.Deliveries.Record(new AttemptOutcome(id, Noon, 500, "error_status_code", 3, DeliveryState.Aside, Noon.AddSeconds(5)) { FailingSince = Noon.AddSeconds(-30), AsideTries = 2 });
            return true;
        });

        (await store.ReadAsync(tx => tx.Deliveries.Owed(new Lane(linkage, Chat(1)), 0, 10))).ShouldBeEmpty();
        (await store.ReadAsync(tx => tx.Deliveries.OwedLinkages(null, 10))).ShouldBe([linkage]);
        (await store.ReadAsync(tx => tx.Deliveries.NextAsideAt(linkage))).ShouldBe(Noon.AddSeconds(5));
        (await store.ReadAsync(tx => tx.Deliveries.AsideDue(linkage, Noon.AddSeconds(4), 10))).ShouldBeEmpty();
        var due = (await store.ReadAsync(tx => tx.Deliveries.AsideDue(linkage, Noon.AddSeconds(5), 10))).ShouldHaveSingleItem();
        (due.Id, due.Attempts, due.AsideTries, due.FailingSince).ShouldBe((id, 1, 2, Noon.AddSeconds(-30)));
        (await store.ReadAsync(tx => tx.Deliveries.Aside(id))).ShouldNotBeNull();

        (await store.WriteAsync(tx => tx.Deliveries.Bury(linkage, 10))).ShouldBe(1);
        (await store.ReadAsync(tx => tx.Deliveries.Aside(id))).ShouldBeNull();
        (await store.ReadAsync(tx => tx.Deliveries.OwedLinkages(null, 10))).ShouldBeEmpty();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_delivery_that_was_cancelled_or_erased_while_it_was_tried_When_the_try_has_failed_Then_nothing_is_kept_of_what_the_module_answered(Database database)
    {
        var store = await OpenAsync(database);
        var linkage = LinkageId.New();
        await store.WriteAsync(tx =>
        {
            Owe(tx, linkage, Chat(1), null);
            Owe(tx, linkage, Chat(2), null);
            return true;
        });
        var (kept, cancelled) = (await IdAsync(1), await IdAsync(2));
        var erased = cancelled + 1000;
        await store.WriteAsync(tx =>
        {
            Record(tx, kept);
            tx.Deliveries.CancelOwed(linkage);
            Record(tx, cancelled);
            Record(tx, erased);
            return true;
        });
        (await store.ReadAsync(tx => tx.History.Failures(kept))).ShouldHaveSingleItem().SealedAnswer.ShouldBe([7]);
        (await store.ReadAsync(tx => tx.History.Failures(cancelled))).ShouldBeEmpty();
        (await store.ReadAsync(tx => tx.History.Failures(erased))).ShouldBeEmpty();

        async Task<long> IdAsync(int chat) => (await store.ReadAsync(tx => tx.Deliveries.Owed(new Lane(linkage, Chat(chat)), 0, 1)))[0].Id;

        static void Record(IGatewayTransaction tx, long id) => tx.Deliveries.Record(new AttemptOutcome(id, Noon, 500, null, 3, DeliveryState.Owed, Noon) { SealedAnswer = [7] });
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_linkage_that_ends_When_something_of_it_stands_in_lanes_and_aside_Then_all_of_it_is_cancelled(Database database)
    {
        var store = await OpenAsync(database);
        var linkage = LinkageId.New();
        await store.WriteAsync(tx =>
        {
            for (var i = 0; i < 3; i++)
                Owe(tx, linkage, Chat(i), null);
            return true;
        });
        var id = (await store.ReadAsync(tx => tx.Deliveries.Owed(new Lane(linkage, Chat(1)), 0, 1)))[0].Id;
        await store.WriteAsync(tx =>
        {
            tx.Deliveries.Record(new AttemptOutcome(id, Noon, 500, null, 3, DeliveryState.Aside, Noon));
            return tx.Deliveries.CancelOwed(linkage);
        });
        (await store.ReadAsync(tx => tx.Deliveries.OwedLinkages(null, 10))).ShouldBeEmpty();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_an_endpoint_that_is_down_When_it_is_written_down_Then_it_is_read_as_it_was_with_its_notices(Database database)
    {
        var store = await OpenAsync(database);
        var down = new EndpointStateRow(ModuleId.New(), Circuit.Open, "https://module.example/webhook", Noon) { Probes = 3, ProbeAt = Noon.AddMinutes(1), PausedUntil = Noon.AddHours(1), Notices = 2 };
        await store.WriteAsync(tx =>
        {
            tx.Endpoints.Put(down with { Circuit = Circuit.Closed, Probes = 0 });
            tx.Endpoints.Put(down);
            tx.Endpoints.Tell(new EndpointNoticeRow(down.Module, Noon.AddDays(-31), EndpointNotice.Down, down.Url));
            tx.Endpoints.Tell(new EndpointNoticeRow(down.Module, Noon, EndpointNotice.DownForADay, down.Url));
            return true;
        });
        (await store.ReadAsync(tx => tx.Endpoints.Find(down.Module))).ShouldBe(down);
        (await store.ReadAsync(tx => tx.Endpoints.All())).ShouldBe([down]);
        (await store.ReadAsync(tx => tx.Endpoints.Notices(down.Module, 10))).ShouldBe([new EndpointNoticeRow(down.Module, Noon, EndpointNotice.DownForADay, down.Url)]);
    }

    private static ChatKey Chat(int i) => new(BotId.FromBits(7), IdKind.User, (UInt128)(i + 1));

    private static void Owe(IGatewayTransaction tx, LinkageId linkage, ChatKey? chat, long? replay)
    {
        var request = Guid.NewGuid();
        var seq = tx.Events.Append(new NewEvent(null, BotId.FromBits(7), null, "message", request, Noon, [1]) { State = EventState.Routed });
        tx.Deliveries.Add(new NewDelivery(seq, linkage, chat, request, true, 1) { Replay = replay });
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
