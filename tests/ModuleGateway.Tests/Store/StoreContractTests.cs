using Line;
using Microsoft.Extensions.Logging;
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
            _ = tx.Control.Account(BotId.FromBits(7));
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
    public async Task Given_a_work_that_did_not_take_its_bot_When_it_writes_what_belongs_to_it_Then_it_is_refused(Database database)
    {
        var store = await OpenAsync(database);
        var bot = BotId.FromBits(9);
        var chat = new ChatKey(bot, IdKind.User, 1);
        Action<IControlRows>[] writes =
        [
            rows => rows.Put(Fresh(bot)),
            rows => rows.Put(new LinkageRow(LinkageId.New(), bot, ModuleId.New(), LinkageState.On, [], null)),
            rows => rows.Put(ChatRow.Fresh(chat)),
            rows => rows.Meet(bot, new UpstreamId(IdKind.User, 1, null)),
            rows => rows.Put(bot, new KnownId(new UpstreamId(IdKind.User, 1, null), Presence.Friend)),
        ];
        foreach (var write in writes)
        {
            await Should.ThrowAsync<InvalidOperationException>(() => WriteAsync(tx => _ = tx.Control.Account(BotId.FromBits(10)), write));
            await WriteAsync(tx => _ = tx.Control.Account(bot), write);
        }

        Task<bool> WriteAsync(Action<IGatewayTransaction> take, Action<IControlRows> write) => store.WriteAsync(tx =>
        {
            take(tx);
            write(tx.Control);
            return true;
        });
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_table_that_an_operator_put_away_When_a_work_needs_it_Then_the_store_is_unavailable_and_goes_on_afterwards(Database database)
    {
        // Were it the work's own fault, each event that is routed meanwhile would be set aside for ever.
        var store = await OpenAsync(database);
        await RunAsync("ALTER TABLE gateway.event RENAME TO put_away");
        await Should.ThrowAsync<StoreUnavailableException>(() => store.WriteAsync(tx => Append(tx, "too early")));
        await RunAsync("ALTER TABLE gateway.put_away RENAME TO event");
        await store.WriteAsync(tx => Append(tx, "after"));
        (await AcceptedAsync(store)).ShouldBe(["after"]);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_work_that_takes_very_many_bots_When_it_has_them_Then_it_holds_no_more_locks_than_a_server_has_room_for(Database database)
    {
        // As the first look at a large registry does. PostgreSQL has room for 6400 by default, for all sessions together.
        var store = await OpenAsync(database);
        var random = new Random(7);
        var bots = Enumerable.Range(0, 3000).Select(_ => BotId.FromBits(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()))).ToList();
        var (isThere, mayEnd) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var working = store.WriteAsync(tx =>
        {
            foreach (var bot in bots)
                tx.Control.Account(bot);
            isThere.SetResult();
            return mayEnd.Task.Wait(TimeSpan.FromSeconds(20));
        });
        await isThere.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var locks = (long)(await RunAsync("SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND locktype = 'advisory'"))!;
        mayEnd.SetResult();
        (await working).ShouldBeTrue();
        locks.ShouldBeInRange(1, 1024);
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
    public async Task Given_a_gateway_in_line_for_a_role_When_it_waits_Then_it_keeps_the_server_from_cleaning_nothing_up(Database database)
    {
        var (first, second) = (await OpenAsync(database), await OpenAsync(database));
        var role = await first.TakeRoleAsync("delivery", CancellationToken.None);
        var inLine = second.TakeRoleAsync("delivery", CancellationToken.None);
        const string others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%advisory_lock(2,%'";
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((long)(await RunAsync($"SELECT count(*) {others}"))! == 0)
            limit.Token.ThrowIfCancellationRequested(); // It is not in line yet.

        // A transaction that lasts holds up the cleaning of all rows and, as it listens, of all notices: there are moments without one.
        while ((long)(await RunAsync($"SELECT count(*) {others} AND (backend_xmin IS NOT NULL OR state <> 'idle')"))! > 0)
            limit.Token.ThrowIfCancellationRequested();
        await role.DisposeAsync();
        await using var next = await inLine.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_role_that_was_given_up_When_its_holder_asks_Then_it_is_not_his(Database database)
    {
        var store = await OpenAsync(database);
        var role = await store.TakeRoleAsync("delivery", CancellationToken.None);
        await role.DisposeAsync();
        role.IsHeld.ShouldBeFalse();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_role_that_was_doubtful_for_a_moment_When_its_holder_was_told_so_Then_it_is_lost_for_good(Database database)
    {
        await OpenAsync(database);
        var machine = new JumpingClock();
        await using var role = await PostgreSqlRole.TakeAsync(new NpgsqlConnection(_database!.Settings["Store:ConnectionString"]), "delivery", _ => { }, machine, CancellationToken.None);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        role.Lost.Register(lost.SetResult);
        role.IsHeld.ShouldBeTrue();
        machine.Jump(TimeSpan.FromSeconds(4.5));
        role.IsHeld.ShouldBeFalse();
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(20));
        role.IsHeld.ShouldBeFalse();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_notice_that_nobody_can_read_When_it_comes_Then_the_one_with_the_role_looks_everywhere_and_keeps_it(Database database)
    {
        var store = await OpenAsync(database);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var role = await store.TakeRoleAsync("delivery", CancellationToken.None);
        store.OnOwedAnywhere = () => heard.TrySetResult();
        await RunAsync("NOTIFY gateway_owed, 'somebody writes-otherwise'");
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(20));
        role.IsHeld.ShouldBeTrue();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_commit_whose_answer_was_lost_When_it_was_kept_Then_its_caller_hears_that_nobody_knows_and_its_lanes_are_handed_on(Database database)
    {
        var owner = await OpenAsync(database);
        var line = new NpgsqlConnectionStringBuilder(_database!.Settings["Store:ConnectionString"]);
        await using var way = new CuttingWay(line.Host!, line.Port);
        (line.Host, line.Port) = ("127.0.0.1", way.Port);
        using var store = new PostgreSqlStore(new StoreOptions { Provider = StoreOptions.PostgreSql, AllowFsyncOff = true, ConnectionString = line.ToString(), WritersMax = 1 }, NullLogger<PostgreSqlStore>.Instance);
        await store.OpenAsync(CancellationToken.None);
        var handed = new TaskCompletionSource<IReadOnlyCollection<Lane>>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.OnOwed = lanes => handed.TrySetResult(lanes);
        var lane = new Lane(LinkageId.New(), null);

        way.CutAfterAnswerTo("gateway_owed");
        var unknown = await Should.ThrowAsync<StoreUnavailableException>(() => store.WriteAsync(tx =>
        {
            tx.Deliveries.Add(new NewDelivery(Append(tx, "module"), lane.Linkage, null, Guid.NewGuid(), true, 0));
            return true;
        }));
        unknown.IsUnknown.ShouldBeTrue();
        (await handed.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe([lane]);
        (await owner.ReadAsync(tx => tx.Deliveries.OwedLanes())).ShouldBe([lane]);
        await store.WriteAsync(tx => Append(tx, "after"));
        (await AcceptedAsync(owner)).ShouldBe(["module", "after"]);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_role_When_the_server_ends_its_connection_Then_its_holder_knows_and_the_next_in_line_has_it(Database database)
    {
        var (first, second) = (await OpenAsync(database), await OpenAsync(database));
        await using var role = await first.TakeRoleAsync("delivery", CancellationToken.None);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        role.Lost.Register(lost.SetResult);
        var inLine = second.TakeRoleAsync("delivery", CancellationToken.None);
        await RunAsync("SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND locktype = 'advisory' AND classid = 2 AND granted");
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
    public async Task Given_more_lanes_than_a_notice_holds_When_they_are_owed_Then_the_one_with_the_role_looks_everywhere(Database database)
    {
        var (first, second) = (await OpenAsync(database), await OpenAsync(database));
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var role = await first.TakeRoleAsync("delivery", CancellationToken.None);
        first.OnOwedAnywhere = () => heard.TrySetResult();
        await second.WriteAsync(tx =>
        {
            for (var i = 0; i < 500; i++)
                tx.Deliveries.Add(new NewDelivery(Append(tx, "message"), LinkageId.New(), new ChatKey(BotId.FromBits(1), IdKind.User, (UInt128)i), Guid.NewGuid(), true, 0));
            return true;
        });
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(20));
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

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_a_bot_with_hundreds_of_events_to_route_When_others_have_a_few_Then_they_take_turns_and_each_bots_stay_in_order(Database database)
    {
        var store = await OpenAsync(database);
        await store.WriteAsync(tx =>
        {
            for (var i = 0; i < 500; i++)
                AppendTo(tx, 7, $"noisy {i:000}");
            return true;
        });
        await store.WriteAsync(tx => AppendTo(tx, 3, "quiet a0") + AppendTo(tx, 9, "quiet b0") + AppendTo(tx, 3, "quiet a1"));

        var (routed, roundsOfOthers) = (new List<string>(), 0);
        for (var round = 0; routed.Count < 503; round++)
        {
            var types = await store.WriteAsync(tx =>
            {
                var rows = tx.Events.Accepted(64);
                foreach (var row in rows)
                    tx.Events.Mark(row, EventState.Routed);
                return rows.Select(row => row.Type).ToList();
            });
            types.Count.ShouldBeGreaterThan(0);
            routed.AddRange(types);
            if (types.Exists(type => type.StartsWith("quiet", StringComparison.Ordinal)))
                roundsOfOthers = round;
        }

        roundsOfOthers.ShouldBeLessThan(3); // Of at least eight: three bots, one turn each.
        routed.Where(type => type[0] == 'n').ShouldBeInOrder();
        routed.Where(type => type.Contains('a', StringComparison.Ordinal)).ShouldBe(["quiet a0", "quiet a1"]);
        (await store.WriteAsync(tx => tx.Events.Accepted(64).Count)).ShouldBe(0);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_requests_of_several_events_When_a_turn_ends_within_one_Then_its_other_events_come_too_and_the_next_request_does_not(Database database)
    {
        var store = await OpenAsync(database);
        await store.WriteAsync(tx =>
        {
            foreach (var request in new[] { "a", "b", "c" })
            {
                var id = Guid.NewGuid();
                for (var i = 0; i < 3; i++)
                    AppendTo(tx, 3, $"{request}{i}", id);
            }

            return true;
        });

        async Task<string> TurnAsync(int max) => string.Join(' ', await store.WriteAsync(tx =>
        {
            var rows = tx.Events.Accepted(max);
            foreach (var row in rows)
                tx.Events.Mark(row, EventState.Routed);
            return rows.Select(row => row.Type).ToList();
        }));
        (await TurnAsync(4)).ShouldBe("a0 a1 a2 b0 b1 b2");
        (await TurnAsync(3)).ShouldBe("c0 c1 c2");
        (await TurnAsync(3)).ShouldBe("");
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_events_that_were_handed_out_to_be_routed_When_that_is_undone_or_left_out_Then_they_are_handed_out_again(Database database)
    {
        var store = await OpenAsync(database);
        await store.WriteAsync(tx => AppendTo(tx, 3, "one") + AppendTo(tx, 4, "two"));
        await Should.ThrowAsync<InvalidOperationException>(() => store.WriteAsync<int>(tx => throw new InvalidOperationException($"{tx.Events.Accepted(10).Count} were read")));
        var left = new HashSet<string>();
        for (var i = 0; i < 6; i++)
        {
            left.UnionWith(await store.WriteAsync(tx =>
            {
                AppendTo(tx, 5, "of another"); // There is always somebody whose turn it is.
                var rows = tx.Events.Accepted(10);
                foreach (var row in rows.Where(row => row.Type == "of another"))
                    tx.Events.Mark(row, EventState.Routed);
                return rows.Select(row => row.Type).Except(i == 0 ? ["one", "two"] : []).ToList(); // Read the first time, and not marked.
            }));
        }

        left.Remove("of another");
        left.ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_an_event_that_is_there_When_it_is_appended_as_new_Then_it_is_not_and_the_others_of_its_work_are(Database database)
    {
        var store = await OpenAsync(database);
        NewEvent Of(int bot, string? id) => new(ChannelId.Parse("1650000001", null), BotId.FromBits((UInt128)bot), id, "message", Guid.NewGuid(), DateTimeOffset.UnixEpoch, [1]);
        await store.WriteAsync(tx => tx.Events.TryAppend(Of(1, "01A")));
        var appended = await store.WriteAsync<bool[]>(tx =>
            [tx.Events.TryAppend(Of(1, "01A")), tx.Events.TryAppend(Of(1, "01A") with { Variant = 1 }), tx.Events.TryAppend(Of(2, "01A")), tx.Events.TryAppend(Of(1, null)), tx.Events.TryAppend(Of(1, null))]);
        appended.ShouldBe([false, true, true, true, true]);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_as_many_bytes_waiting_as_may_When_a_work_brings_more_Then_it_is_refused_and_one_without_bytes_is_not(Database database)
    {
        var store = await OpenAsync(database, options => (options.QueueBytesMax, options.WritersMax) = (1024 * 1024, 1));
        using var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = Task.Run(() => store.WriteAsync(_ =>
        {
            begun.TrySetResult();
            return goOn.Wait(TimeSpan.FromSeconds(20));
        }));
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var first = store.WriteAsync(tx => Append(tx, "kept"), 1024 * 1024, CancellationToken.None);
        Should.Throw<StoreUnavailableException>(() => { _ = store.WriteAsync(tx => Append(tx, "too much"), 1, CancellationToken.None); });
        var control = store.WriteAsync(tx => Append(tx, "no bytes"));
        goOn.Set();
        await Task.WhenAll(busy, first, control);
        await store.WriteAsync(tx => Append(tx, "later"), 1024 * 1024, CancellationToken.None);
        (await AcceptedAsync(store)).ShouldBe(["kept", "no bytes", "later"]);
    }

    [Theory, On(Database.Sqlite)] // On a server each statement sees what is committed then.
    public async Task Given_somebody_who_reads_twice_When_others_have_written_meanwhile_Then_he_sees_one_state_and_the_next_reader_the_new_one(Database database)
    {
        var store = await OpenAsync(database);
        await store.WriteAsync(tx => Append(tx, "before"));
        var (first, second) = await Task.Run(() => store.ReadAsync(tx =>
        {
            var seen = tx.Events.LastSeq();
            store.WriteAsync(other => Append(other, "meanwhile")).Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
            return (seen, tx.Events.LastSeq());
        }));
        second.ShouldBe(first);
        (await store.ReadAsync(tx => tx.Events.LastSeq())).ShouldBeGreaterThan(first);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_server_that_forgets_what_it_confirmed_When_a_gateway_starts_on_it_Then_it_is_refused_in_one_sentence(Database database)
    {
        await OpenAsync(database);
        var isForgetful = (string?)await RunAsync("SHOW fsync") == "off";
        if (isForgetful)
            (await Should.ThrowAsync<DatabaseUnusableException>(() => OpenAsync(database, options => options.AllowFsyncOff = false))).Message.ShouldContain("fsync = off");
        else
            await OpenAsync(database, options => options.AllowFsyncOff = false);
    }

    private async Task<IGatewayStore> OpenAsync(Database database, Action<StoreOptions>? differs = null)
    {
        if (_database is null)
        {
            _database = new GatewayStore(database, new TestClock());
            await _database.CreateAsync();
        }

        var options = database == Database.Sqlite
            ? new StoreOptions { Folder = _folder }
            : new StoreOptions { Provider = StoreOptions.PostgreSql, AllowFsyncOff = true, ConnectionString = _database.Settings["Store:ConnectionString"] };
        differs?.Invoke(options);
        IGatewayStore store = database == Database.Sqlite ? new SqliteStore(options, new StoreClock(TimeProvider.System)) : new PostgreSqlStore(options, NullLogger<PostgreSqlStore>.Instance);
        lock (_open)
            _open.Add(store);
        await store.OpenAsync(CancellationToken.None);
        return store;
    }

    private async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database!.Settings["Store:ConnectionString"]);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Completes with the first line that is logged.</summary>
    private sealed class Told<T>(TaskCompletionSource told) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 702)
                told.TrySetResult();
        }
    }

    /// <summary>The machine's, ahead by as much as a test says.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long _ahead;

        public void Jump(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);
    }

    private static AccountRow Fresh(BotId bot) => new(bot, ChannelId.Parse("1650000001", null), ConnectionState.Attached, [], null, 0, 0, DateTimeOffset.UnixEpoch);

    private static long Append(IGatewayTransaction tx, string type) =>
        tx.Events.Append(new NewEvent(null, BotId.FromBits(1), null, type, Guid.NewGuid(), DateTimeOffset.UnixEpoch, [1]));

    private static long AppendTo(IGatewayTransaction tx, int bot, string type, Guid? request = null) =>
        tx.Events.Append(new NewEvent(null, BotId.FromBits((UInt128)bot), null, type, request ?? Guid.NewGuid(), DateTimeOffset.UnixEpoch, [1]));

    private static Task<List<string>> AcceptedAsync(IGatewayStore store) => store.ReadAsync(tx => tx.Events.Accepted(100).Select(row => row.Type).ToList());
}
