using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Store;

namespace Benchmarks.Measures;

/// <summary>
/// Acquire and release, each a call through the gateway's doors that decides, writes and tells two modules, against the least that could keep such
/// a decision: one conditional UPDATE in a file of the same kind (WAL, <c>synchronous=FULL</c>), committed before the next.
/// </summary>
/// <param name="callers">How many call at the same time, each in a chat of its own; the updates come from as many.</param>
/// <param name="throughDoors">Over HTTP, as modules call; otherwise at the store, where the bare update is made too: decision, rows, epoch and both notices durable.</param>
internal sealed class ControlRoundTrips(int callers, bool throughDoors) : IMeasure
{
    private const int Operations = 2_000;

    public string Name => $"control-{(throughDoors ? "http-" : "")}{callers}";

    public string What => $"acquire + release {(throughDoors ? "over HTTP" : "at the store")}, {callers} caller{(callers == 1 ? "" : "s")}";

    public string Against => "a bare conditional UPDATE each, same engine, same durability";

    public double Goal => 0.5;

    public async Task<Measured> MeasureAsync()
    {
        await using var gateway = await BenchGateway.StartAsync(new Dictionary<string, string?>());
        var chats = new string[callers];
        for (var i = 0; i < callers; i++)
            chats[i] = await gateway.MeetAsync(i, module: 1);
        await gateway.RoutedAsync();
        using var bare = new BareUpdates(Path.Combine(gateway.Folder, "bare.db"), callers);

        var before = await EpochAsync(gateway);
        var calls = 0;
        var measured = await Alternating.SpeedAsync(
            count =>
            {
                Interlocked.Add(ref calls, PerCaller(count) * callers);
                return InParallelAsync(count, async caller =>
                {
                    if (throughDoors)
                    {
                        await gateway.CallAsync(1, $"/v2/bot/chat/{chats[caller]}/control/acquire", """{"expired":false}""");
                        await gateway.CallAsync(1, $"/v2/bot/chat/{chats[caller]}/control/release", "");
                        return;
                    }

                    await gateway.MoveAsync(caller, module: 1, acquires: true);
                    await gateway.MoveAsync(caller, module: 1, acquires: false);
                });
            },
            count => InParallelAsync(count, caller =>
            {
                bare.Update(caller);
                bare.Update(caller);
                return Task.CompletedTask;
            }),
            Operations);
        var moves = await EpochAsync(gateway) - before;
        if (moves != calls)
            throw new InvalidOperationException($"{calls} calls moved control {moves} times.");
        return measured with { Note = $"{calls} moves, each an epoch" };
    }

    private static async Task<long> EpochAsync(BenchGateway gateway) =>
        (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Account(gateway.Bot)))!.LastEpoch;

    /// <summary>Operations of each caller: pairs, so that each round ends as it began.</summary>
    private int PerCaller(int count) => Math.Max(1, count / callers / 2) * 2;

    private async ValueTask InParallelAsync(int count, Func<int, Task> pair) => await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
    {
        for (var i = 0; i < PerCaller(count) / 2; i++)
            await pair(caller);
    })));

    /// <summary>A table with a row for each caller, and the statement that a hand-written lock would use.</summary>
    private sealed class BareUpdates : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _update;
        private readonly Lock _gate = new(); // SQLite takes one writer at a time; waiting here is cheaper than being refused there.

        public BareUpdates(string file, int rows)
        {
            _connection = new SqliteConnection($"Data Source={file};Pooling=False");
            _connection.Open();
            using var create = _connection.CreateCommand();
            create.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE chat (id INTEGER PRIMARY KEY, holder INTEGER NOT NULL, epoch INTEGER NOT NULL);";
            create.ExecuteNonQuery();
            for (var i = 0; i < rows; i++)
            {
                using var insert = _connection.CreateCommand();
                insert.CommandText = $"INSERT INTO chat VALUES ({i}, 0, 0)";
                insert.ExecuteNonQuery();
            }

            _update = _connection.CreateCommand();
            _update.CommandText = "UPDATE chat SET holder = 1 - holder, epoch = epoch + 1 WHERE id = $id AND holder IN (0, 1)";
            _update.Parameters.Add(new SqliteParameter("$id", SqliteType.Integer));
        }

        public void Update(int row)
        {
            lock (_gate)
            {
                _update.Parameters[0].Value = row;
                if (_update.ExecuteNonQuery() != 1)
                    throw new InvalidOperationException("The update changed nothing.");
            }
        }

        public void Dispose()
        {
            _update.Dispose();
            _connection.Dispose();
        }
    }
}
