using Line;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Store.PostgreSql;
using ModuleGateway.Store.Sqlite;
using Npgsql;
using Tenancy;

namespace ModuleGateway.Tests.Store;

/// <summary>What every room relies on, whichever database is behind it.</summary>
public sealed class StoreContractTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-tests").FullName;
    private readonly List<IGatewayStore> _open = [];
    private GatewayStore? _database;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var store in _open)
            ((IDisposable)store).Dispose();
        if (_database is not null)
            await _database.DropAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_work_that_throws_When_it_has_written_Then_nothing_of_it_is_kept_and_its_caller_hears_why(Database database)
    {
        var store = await OpenAsync(database);
        var broken = store.WriteAsync<long>(tx =>
        {
            Append(tx, "half done");
            throw new InvalidOperationException("a bug");
        });
        (await Should.ThrowAsync<InvalidOperationException>(() => broken)).Message.ShouldBe("a bug");
        await store.WriteAsync(tx => Append(tx, "after"));
        (await store.ReadAsync(tx => tx.Events.Find(tx.Events.LastSeq())))!.Type.ShouldBe("after");
        (await AcceptedAsync(store)).ShouldBe(["after"]);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_work_that_the_database_refuses_and_that_wraps_what_it_said_When_it_is_run_Then_its_caller_hears_it_and_the_store_goes_on(Database database)
    {
        var store = await OpenAsync(database);
        var broken = store.WriteAsync<long>(tx =>
        {
            try
            {
                Append(tx, null!);
                return tx.Events.LastSeq(); // A statement without an answer may have waited for this one.
            }
            catch (Exception error)
            {
                throw new InvalidDataException("wrapped", error);
            }
        });
        (await Should.ThrowAsync<InvalidDataException>(() => broken.WaitAsync(TimeSpan.FromSeconds(20)))).Message.ShouldBe("wrapped");
        await store.WriteAsync(tx => Append(tx, "after"));
        (await AcceptedAsync(store)).ShouldBe(["after"]);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_an_id_with_a_character_that_a_database_does_not_hold_When_it_is_met_Then_it_is_known(Database database)
    {
        var store = await OpenAsync(database);
        var odd = UpstreamId.Read(IdKind.User, "a\0b"u8, BotId.FromBits(7));
        await store.WriteAsync(tx =>
        {
            tx.Control.Meet(BotId.FromBits(7), odd);
            return true;
        });
        (await store.ReadAsync(tx => tx.Control.Known(BotId.FromBits(7), odd.Kind, odd.Bits))).ShouldNotBeNull().Id.Bits.ShouldBe(odd.Bits);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_works_on_one_account_at_the_same_time_When_each_reads_and_writes_it_Then_none_is_lost(Database database)
    {
        var store = await OpenAsync(database);
        var other = database == Database.Sqlite ? store : await OpenAsync(database);
        var bot = BotId.FromBits(7);
        const int works = 200;
        await Task.WhenAll(Enumerable.Range(0, works).Select(i => (i % 2 == 0 ? store : other).WriteAsync(tx =>
        {
            var account = tx.Control.Account(bot) ?? Fresh(bot);
            tx.Control.Put(account with { LastEpoch = account.LastEpoch + 1 });
            return true;
        })));
        (await store.ReadAsync(tx => tx.Control.Account(bot)))!.LastEpoch.ShouldBe(works);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_works_that_follow_each_other_on_one_account_When_each_reads_the_time_Then_it_never_falls(Database database)
    {
        var store = await OpenAsync(database);
        var bot = BotId.FromBits(8);
        var seen = new List<DateTimeOffset>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => store.WriteAsync(tx =>
        {
            tx.Control.Account(bot);
            lock (seen)
                seen.Add(tx.Now);
            tx.Control.Put(Fresh(bot));
            return true;
        })));
        seen.ShouldBe(seen.Order());
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_an_event_that_comes_twice_at_the_same_moment_When_both_are_written_Then_one_is_kept_and_nobody_fails(Database database)
    {
        var store = await OpenAsync(database);
        var channel = ChannelId.Parse("1650000001", null);
        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => store.WriteAsync(tx =>
        {
            var id = $"event {i / 4}";
            if (tx.Events.WithId(channel, BotId.FromBits(1), id).Count > 0)
                return 0;
            tx.Events.Append(new NewEvent(channel, BotId.FromBits(1), id, "message", Guid.NewGuid(), tx.Now, [1]));
            return 1;
        })));
        added.Sum().ShouldBe(10);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_delivery_that_is_owed_When_its_work_is_kept_Then_its_lane_is_handed_on_and_of_a_work_that_is_not_none(Database database)
    {
        var store = await OpenAsync(database);
        var handed = new TaskCompletionSource<IReadOnlyCollection<Lane>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var chat = new ChatKey(BotId.FromBits(1), IdKind.User, 2);
        var lane = new Lane(LinkageId.New(), chat);
        store.OnOwed = lanes => handed.TrySetResult(lanes);
        await store.WriteAsync(tx =>
        {
            tx.Control.Account(chat.Bot);
            var seq = Append(tx, "message");
            tx.Deliveries.Add(new NewDelivery(seq, lane.Linkage, lane.Chat, Guid.NewGuid(), true, 1));
            return seq;
        });
        (await handed.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe([lane]);
        (await store.ReadAsync(tx => tx.Deliveries.Owed(lane, 0, 10))).ShouldHaveSingleItem().Chat.ShouldBe(chat);
        (await store.ReadAsync(tx => tx.Deliveries.OwedLanes())).ShouldBe([lane]);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_two_gateways_When_one_has_the_role_Then_the_other_gets_it_when_it_is_given_up(Database database)
    {
        var (first, second) = (await OpenAsync(database), await OpenAsync(database));
        var role = await first.TakeRoleAsync("delivery", CancellationToken.None);
        role.IsHeld.ShouldBeTrue();
        var inLine = second.TakeRoleAsync("delivery", CancellationToken.None);
        inLine.IsCompleted.ShouldBeFalse();
        await role.DisposeAsync();
        await using var next = await inLine.WaitAsync(TimeSpan.FromSeconds(20));
        next.IsHeld.ShouldBeTrue();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_role_When_the_server_ends_its_connection_Then_its_holder_knows_and_the_next_in_line_has_it(Database database)
    {
        var (first, second) = (await OpenAsync(database), await OpenAsync(database));
        await using var role = await first.TakeRoleAsync("delivery", CancellationToken.None);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        role.Lost.Register(lost.SetResult);
        var inLine = second.TakeRoleAsync("delivery", CancellationToken.None);
        await RunAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 2 AND granted");
        await using var next = await inLine.WaitAsync(TimeSpan.FromSeconds(20));
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(20));
        role.IsHeld.ShouldBeFalse();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_another_gateways_commit_When_it_owes_something_Then_the_one_with_the_role_hears_of_it(Database database)
    {
        var (first, second) = (await OpenAsync(database), await OpenAsync(database));
        var heard = new TaskCompletionSource<IReadOnlyCollection<Lane>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var role = await first.TakeRoleAsync("delivery", CancellationToken.None);
        first.OnOwed = lanes => heard.TrySetResult(lanes);
        var lane = new Lane(LinkageId.New(), null);
        await second.WriteAsync(tx =>
        {
            tx.Deliveries.Add(new NewDelivery(Append(tx, "module"), lane.Linkage, null, Guid.NewGuid(), true, 0));
            return true;
        });
        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe([lane]);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_more_lanes_than_a_notice_holds_When_they_are_owed_Then_the_one_with_the_role_looks_at_all(Database database)
    {
        var (first, second) = (await OpenAsync(database), await OpenAsync(database));
        var heard = new TaskCompletionSource<IReadOnlyCollection<Lane>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var role = await first.TakeRoleAsync("delivery", CancellationToken.None);
        first.OnOwed = lanes => heard.TrySetResult(lanes);
        await second.WriteAsync(tx =>
        {
            for (var i = 0; i < 500; i++)
                tx.Deliveries.Add(new NewDelivery(Append(tx, "message"), LinkageId.New(), new ChatKey(BotId.FromBits(1), IdKind.User, (UInt128)i), Guid.NewGuid(), true, 0));
            return true;
        });
        (await heard.Task.WaitAsync(TimeSpan.FromSeconds(20))).Count.ShouldBe(500);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_server_that_cuts_all_connections_When_the_next_work_comes_Then_it_is_kept(Database database)
    {
        var store = await OpenAsync(database);
        await store.WriteAsync(tx => Append(tx, "before"));
        await RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        for (var i = 0; i < 40; i++)
            await store.WriteAsync(tx => Append(tx, "after"));
        (await store.ReadAsync(tx => tx.Events.Accepted(100).Count(row => row.Type == "after"))).ShouldBe(40);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_tables_of_another_version_When_the_store_opens_Then_it_is_refused_in_one_sentence(Database database)
    {
        await OpenAsync(database);
        await RunAsync("UPDATE gateway.store_version SET version = 1");
        (await Should.ThrowAsync<DatabaseUnusableException>(() => OpenAsync(database))).Message.ShouldContain("another version");
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_gateways_that_start_together_on_an_empty_database_When_they_open_it_Then_the_tables_are_made_once(Database database)
    {
        _database = new GatewayStore(database, new TestClock());
        await _database.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync(database)));
    }

    private async Task<IGatewayStore> OpenAsync(Database database)
    {
        if (_database is null)
        {
            _database = new GatewayStore(database, new TestClock());
            await _database.CreateAsync();
        }

        IGatewayStore store = database == Database.Sqlite
            ? new SqliteStore(new StoreOptions { Folder = _folder }, new StoreClock(TimeProvider.System))
            : new PostgreSqlStore(new StoreOptions { Provider = StoreOptions.PostgreSql, ConnectionString = _database.Settings["Store:ConnectionString"] }, NullLogger<PostgreSqlStore>.Instance);
        lock (_open)
            _open.Add(store);
        await store.OpenAsync(CancellationToken.None);
        return store;
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database!.Settings["Store:ConnectionString"]);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static AccountRow Fresh(BotId bot) => new(bot, ChannelId.Parse("1650000001", null), ConnectionState.Attached, [], null, 0, 0, DateTimeOffset.UnixEpoch);

    private static long Append(IGatewayTransaction tx, string type) =>
        tx.Events.Append(new NewEvent(null, BotId.FromBits(1), null, type, Guid.NewGuid(), DateTimeOffset.UnixEpoch, [1]));

    private static Task<List<string>> AcceptedAsync(IGatewayStore store) => store.ReadAsync(tx => tx.Events.Accepted(100).Select(row => row.Type).ToList());
}
