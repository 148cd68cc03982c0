using Line;
using Microsoft.Data.Sqlite;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Retention;
using ModuleGateway.Store;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Store;

/// <summary>Group commit: what shares a flush shares nothing else.</summary>
public sealed class SqliteStoreTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-tests").FullName;
    private readonly ManualResetEventSlim _goOn = new();
    private SqliteStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = new SqliteStore(new StoreOptions { Folder = _folder, QueueMax = 3 }, new StoreClock(TimeProvider.System));
        await _store.OpenAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _goOn.Set();
        _store.Dispose();
        _goOn.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Given_a_file_that_cannot_be_read_for_a_moment_When_somebody_reads_Then_it_is_the_store_that_is_unavailable_and_the_next_reads()
    {
        const int ioError = 10;
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadAsync<int>(_ => throw new SqliteException("disk I/O error", ioError)));
        await Should.ThrowAsync<InvalidOperationException>(async () => await _store.ReadAsync<int>(_ => throw new InvalidOperationException("a work's own fault")));
        (await _store.ReadAsync(tx => tx.Events.LastSeq())).ShouldBe(0);
    }

    [Fact]
    public async Task Given_works_of_one_group_When_one_throws_Then_it_alone_is_undone_and_its_caller_hears_why()
    {
        var busy = await OccupyAsync();
        var before = _store.WriteAsync(tx => Append(tx, "before"));
        var broken = _store.WriteAsync<long>(tx =>
        {
            Append(tx, "half done");
            throw new InvalidOperationException("a bug");
        });
        var after = _store.WriteAsync(tx => Append(tx, "after"));
        _goOn.Set();
        await Task.WhenAll(busy, before, after);
        (await Should.ThrowAsync<InvalidOperationException>(() => broken)).Message.ShouldBe("a bug");
        (await TypesAsync()).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task Given_works_of_one_group_When_the_disk_is_full_Then_all_are_refused_nothing_is_kept_and_the_next_goes_on()
    {
        var busy = await OccupyAsync();
        var first = _store.WriteAsync(tx => Append(tx, "first"));
        var full = _store.WriteAsync<long>(_ => throw new SqliteException("database or disk is full", 13)); // As SQLite says it in the middle of a work.
        _goOn.Set();
        await busy;
        await Should.ThrowAsync<StoreUnavailableException>(() => first);
        await Should.ThrowAsync<StoreUnavailableException>(() => full);
        await _store.WriteAsync(tx => Append(tx, "later"));
        (await TypesAsync()).ShouldBe(["later"]);
    }

    [Fact]
    public async Task Given_nobody_who_writes_When_a_work_comes_Then_its_caller_does_it_and_it_is_durable_when_the_call_returns()
    {
        var thread = _store.WriteAsync(tx =>
        {
            Append(tx, "alone");
            return Environment.CurrentManagedThreadId;
        });
        thread.IsCompletedSuccessfully.ShouldBeTrue();
        (await thread).ShouldBe(Environment.CurrentManagedThreadId);
        (await TypesAsync()).ShouldBe(["alone"]);
    }

    [Fact]
    public async Task Given_callers_that_wait_for_nothing_When_their_works_are_done_at_once_and_by_the_writer_Then_each_callers_keep_their_order()
    {
        using var store = new SqliteStore(new StoreOptions { Folder = Directory.CreateDirectory(Path.Combine(_folder, "order")).FullName }, new StoreClock(TimeProvider.System));
        await store.OpenAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(caller => Task.Run(() => Task.WhenAll(Enumerable.Range(0, 200).Select(i => store.WriteAsync(tx => Append(tx, $"{caller} {i:000}")))))));
        var types = await store.ReadAsync(tx => tx.Events.Accepted(1000).Select(row => row.Type).ToList());
        types.Count.ShouldBe(600);
        types.OrderBy(type => type[0]).ShouldBe(types.Order(StringComparer.Ordinal)); // The first sort is stable.
    }

    [Fact]
    public async Task Given_a_row_that_a_work_read_When_the_work_that_wrote_it_is_undone_Then_the_next_one_reads_it_as_it_was()
    {
        var bot = BotId.FromBits(1);
        var row = new AccountRow(bot, ChannelId.Parse("1650000001", null), ConnectionState.Attached, [], null, 1, 0, DateTimeOffset.UnixEpoch);
        await _store.WriteAsync(tx => Put(tx, row));
        await Should.ThrowAsync<InvalidOperationException>(() => _store.WriteAsync(tx => Put(tx, row with { LastEpoch = 2 }) ? throw new InvalidOperationException("a bug") : false));
        (await _store.WriteAsync(tx => tx.Control.Account(bot)!.LastEpoch)).ShouldBe(1);
        await Should.ThrowAsync<StoreUnavailableException>(
            () => _store.WriteAsync(tx => Put(tx, row with { LastEpoch = 3 }) ? throw new SqliteException("database or disk is full", 13) : false));
        (await _store.WriteAsync(tx => tx.Control.Account(bot)!.LastEpoch)).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_queue_at_its_bound_When_one_more_comes_Then_it_is_refused_at_once_and_those_that_waited_are_kept()
    {
        var busy = await OccupyAsync();
        var waiting = Enumerable.Range(0, 3).Select(i => _store.WriteAsync(tx => Append(tx, $"{i}"))).ToList();
        Should.Throw<StoreUnavailableException>(() => { _ = _store.WriteAsync(tx => Append(tx, "too many")); });
        _goOn.Set();
        await busy;
        await Task.WhenAll(waiting);
        (await TypesAsync()).ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public async Task Given_a_write_that_completed_When_another_connection_reads_Then_it_is_there()
    {
        for (var i = 0; i < 50; i++)
        {
            var seq = await _store.WriteAsync(tx => Append(tx, "kept"));
            (await _store.ReadAsync(tx => tx.Events.Find(seq))).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Given_works_that_wait_When_one_asks_at_its_turn_Then_it_hears_that_others_wait_and_the_last_hears_that_nobody_does()
    {
        (await _store.WriteAsync(tx => tx.OthersWait)).ShouldBeFalse();
        var busy = await OccupyAsync();
        var first = _store.WriteAsync(tx => tx.OthersWait);
        var second = _store.WriteAsync(tx => tx.OthersWait);
        _goOn.Set();
        await busy;
        (await first).ShouldBeTrue();
        (await second).ShouldBeTrue(); // They share one flush: the first waits for what the second does.
        (await _store.WriteAsync(tx => tx.OthersWait)).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_works_of_many_webhooks_When_they_share_a_flush_Then_each_caller_hears_its_own_result()
    {
        using var store = new SqliteStore(new StoreOptions { Folder = Directory.CreateDirectory(Path.Combine(_folder, "many")).FullName }, new StoreClock(TimeProvider.System));
        await store.OpenAsync(CancellationToken.None);
        var seqs = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(async () => (i, seq: await store.WriteAsync(tx => Append(tx, $"{i}"), 1000, CancellationToken.None)))));
        foreach (var (i, seq) in seqs)
            (await store.ReadAsync(tx => tx.Events.Find(seq)!.Type)).ShouldBe($"{i}");
    }

    [Fact]
    public void Given_a_statement_whose_limit_is_a_value_When_it_runs_with_another_one_Then_SQLite_keeps_its_plan()
    {
        using var session = new SqliteSession(Path.Combine(_folder, "gateway.db"), readOnly: true);
        for (var max = 1; max <= 10; max++)
            session.Transaction.Events.Accepted(max).ShouldBeEmpty();
        session.PlansMade.ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_file_that_a_gateway_owns_When_a_second_one_opens_it_Then_it_is_refused()
    {
        using var second = new SqliteStore(new StoreOptions { Folder = _folder }, new StoreClock(TimeProvider.System));
        await Should.ThrowAsync<DatabaseUnusableException>(() => Task.Run(() => second.OpenAsync(CancellationToken.None)));
    }

    /// <summary>Keeps the writer at work until told, so that what comes meanwhile shares one group.</summary>
    private async Task<Task> OccupyAsync()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = Task.Run(() => _store.WriteAsync(_ =>
        {
            begun.SetResult();
            return _goOn.Wait(TimeSpan.FromSeconds(20));
        }));
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return busy;
    }

    [Fact]
    public async Task Given_the_newest_events_were_erased_When_the_store_opens_again_Then_their_places_are_not_given_again()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => _store.WriteAsync<long>(tx =>
        {
            Append(tx, "undone");
            throw new InvalidOperationException("a bug");
        }));
        var last = await _store.WriteAsync(tx => Math.Max(Append(tx, "one"), Append(tx, "two")));
        await _store.WriteAsync(tx => tx.Erasure.RemoveEvents(BotId.FromBits(1), new Stretch(0, last)));
        (await _store.ReadAsync(tx => tx.Events.LastSeq())).ShouldBe(0);
        _store.Dispose();
        _store = new SqliteStore(new StoreOptions { Folder = _folder }, new StoreClock(TimeProvider.System));
        await _store.OpenAsync(CancellationToken.None);
        (await _store.WriteAsync(tx => Append(tx, "three"))).ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task Given_more_events_than_numbers_are_reserved_at_once_When_they_are_stored_Then_each_has_a_place_of_its_own_in_order()
    {
        var places = new List<long>();
        for (var work = 0; work < 10; work++)
            places.AddRange(await _store.WriteAsync(tx => Enumerable.Range(0, 1000).Select(_ => Append(tx, "one of many")).ToList()));
        places.ShouldBe(places.Distinct().Order());
        (await _store.ReadAsync(tx => tx.Events.LastSeq())).ShouldBe(places[^1]);
    }

    [Fact]
    public async Task Given_writes_without_a_pause_When_the_log_grows_Then_it_is_brought_home_beside_them_and_begins_anew()
    {
        const int megabytesMax = LogKeeper.PagesMax / 256 - 10; // From there on a commit would do it all.
        var first = await WriteAsync();
        var megabytes = 1;
        while (await WriteAsync() == first && megabytes < megabytesMax)
            megabytes++;
        megabytes.ShouldBeLessThan(megabytesMax);

        async Task<string> WriteAsync()
        {
            await _store.WriteAsync(AppendLarge);
            return LogSalt();
        }
    }

    [Fact]
    public async Task Given_readers_that_follow_each_other_without_a_gap_When_somebody_writes_on_Then_the_log_begins_anew_all_the_same()
    {
        const int megabytesMax = 4 * LogKeeper.PagesMax / 256;
        await _store.WriteAsync(AppendLarge);
        using var relay = new Relay(_store);
        var first = LogSalt();
        var megabytes = 1;
        while (LogSalt() == first && megabytes < megabytesMax)
        {
            await _store.WriteAsync(AppendLarge);
            relay.HandOn();
            megabytes++;
        }

        megabytes.ShouldBeLessThan(megabytesMax);
    }

    private static long AppendLarge(IGatewayTransaction tx) => tx.Events.Append(new NewEvent(null, BotId.FromBits(1), null, "large", Guid.NewGuid(), tx.Now, new byte[1024 * 1024]));

    /// <summary>A log that begins anew has another salt, and none while it is empty.</summary>
    private string LogSalt()
    {
        using var log = File.OpenHandle(Path.Combine(_folder, "gateway.db-wal"), share: FileShare.ReadWrite | FileShare.Delete);
        var salt = new byte[8];
        RandomAccess.Read(log, salt, 16);
        return Convert.ToHexString(salt);
    }

    private static bool Put(IGatewayTransaction tx, AccountRow row)
    {
        _ = tx.Control.Account(row.Bot);
        tx.Control.Put(row);
        return true;
    }

    private static long Append(IGatewayTransaction tx, string type) =>
        tx.Events.Append(new NewEvent(null, BotId.FromBits(1), null, type, Guid.NewGuid(), DateTimeOffset.UnixEpoch, [1]));

    private Task<List<string>> TypesAsync() => _store.ReadAsync(tx => tx.Events.Accepted(100).Select(row => row.Type).ToList());

    /// <summary>Readers, each of whom begins before the one before it ends, a write or a moment later at the latest: there is no instant in which nobody reads.</summary>
    private sealed class Relay : IDisposable
    {
        private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

        private readonly AutoResetEvent _handOn = new(false);
        private readonly Thread _thread;
        private volatile bool _isOver;

        public Relay(IGatewayStore store)
        {
            using var begun = new ManualResetEventSlim();
            _thread = new Thread(() => Run(store, begun));
            _thread.Start();
            begun.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        }

        public void HandOn() => _handOn.Set();

        public void Dispose()
        {
            _isOver = true;
            _handOn.Set();
            _thread.Join();
            _handOn.Dispose();
        }

        private void Run(IGatewayStore store, ManualResetEventSlim begun)
        {
            var reader = new Reader(store);
            begun.Set();
            while (!_isOver)
            {
                _handOn.WaitOne(Moment);
                var next = new Reader(store);
                reader.Dispose();
                reader = next;
            }

            reader.Dispose();
        }
    }

    /// <summary>Somebody who reads until told to end.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly ManualResetEventSlim _end = new();
        private readonly Thread _thread;

        public Reader(IGatewayStore store)
        {
            using var begun = new ManualResetEventSlim();
            _thread = new Thread(() => _ = store.ReadAsync(tx => // On this thread: see SqliteStore.
            {
                tx.Events.LastSeq();
                begun.Set();
                return _end.Wait(TimeSpan.FromSeconds(20));
            }));
            _thread.Start();
            begun.Wait(TimeSpan.FromSeconds(20));
        }

        public void Dispose()
        {
            _end.Set();
            _thread.Join();
            _end.Dispose();
        }
    }
}
