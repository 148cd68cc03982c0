using Line;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Store.PostgreSql;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Store;

/// <summary>Open chats and test chats, whichever database is behind them.</summary>
public sealed class ChatRowsContractTests : IAsyncLifetime
{
    private static readonly BotId Bot = BotId.FromBits(7);
    private static readonly LinkageId One = LinkageId.New();
    private static readonly LinkageId Other = LinkageId.New();
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
    public async Task Given_chats_of_several_holders_When_they_are_counted_and_listed_Then_what_ran_out_or_waits_for_a_first_answerer_is_not_open(Database database)
    {
        var store = await OpenAsync(database);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
        ChatRow Chat(int id) => ChatRow.Fresh(new ChatKey(Bot, IdKind.User, (UInt128)id));
        await store.WriteAsync(tx =>
        {
            _ = tx.Control.Account(Bot);
            tx.Control.Put(Chat(1).HeldBy(One, now.AddMinutes(30), now.AddMinutes(-3)));
            tx.Control.Put(Chat(2).HeldBy(One, null, now.AddMinutes(-1)));
            tx.Control.Put(Chat(3).HeldBy(Other, now, now.AddMinutes(-9)));
            tx.Control.Put(Chat(4) with { HolderKind = HolderKind.Primary, HeldSince = now.AddMinutes(-2) });
            tx.Control.Put(Chat(5) with { LineSide = LineSide.Standby });
            tx.Control.Put(Chat(6) with { LineSide = LineSide.Standby, ReleasedForWantOfDefault = true });
            tx.Control.Put(Chat(7).HeldBy(One, null, now.AddMinutes(-5)) with { LineSide = LineSide.Standby });
            tx.Control.Put(Chat(8));
            tx.Control.Put(Chat(9) with { TestOf = Other });
            return true;
        });

        (await store.ReadAsync(tx => tx.Control.CountOpen(Bot, now, now.AddHours(1)))).OrderBy(count => count.With is null)
            .ShouldBe([new OpenCount(One, 2, 1), new OpenCount(null, 3, 0)]);
        (await store.ReadAsync(tx => tx.Control.Open(Bot, now, 4))).Select(chat => (int)chat.Key.Id).ShouldBe([2, 4, 1, 7]);
        (await store.ReadAsync(tx => tx.Control.OpenWith(Bot, One, now, 10))).Select(chat => (int)chat.Key.Id).Order().ShouldBe([1, 2]);
        (await store.ReadAsync(tx => tx.Control.OpenWith(Bot, null, now, 10))).Select(chat => (int)chat.Key.Id).Order().ShouldBe([4, 5, 7]);
        (await store.ReadAsync(tx => tx.Control.TestChats(Other))).ShouldHaveSingleItem().Key.Id.ShouldBe((UInt128)9);
        (await store.ReadAsync(tx => tx.Control.Chat(Chat(1).Key)))!.HeldSince.ShouldBe(now.AddMinutes(-3));
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_codes_and_a_switch_When_they_are_written_Then_they_are_read_as_they_were(Database database)
    {
        var store = await OpenAsync(database);
        var code = new TestCode("048211", One, DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000), 3);
        var module = ModuleId.New();
        await store.WriteAsync(tx =>
        {
            _ = tx.Control.Account(Bot);
            tx.Control.Put(new AccountRow(Bot, ChannelId.Parse("1650000001", null), ConnectionState.Attached, [], null, 0, 0, DateTimeOffset.UnixEpoch) { TestCodes = [code] });
            tx.Control.Put(new LinkageRow(One, Bot, module, LinkageState.On, [], null) { ExpiresSilently = true });
            tx.Control.Put(new LinkageRow(Other, Bot, ModuleId.New(), LinkageState.On, [], null));
            return true;
        });

        (await store.ReadAsync(tx => tx.Control.Account(Bot)))!.TestCodes.ShouldBe([code]);
        (await store.ReadAsync(tx => tx.Control.LinkagesOf(module))).ShouldHaveSingleItem().ExpiresSilently.ShouldBeTrue();
        (await store.ReadAsync(tx => tx.Control.Linkage(Other)))!.ExpiresSilently.ShouldBeFalse();
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
