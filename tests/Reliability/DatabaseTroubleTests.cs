using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using Reliability.World;
using Xunit.Abstractions;

namespace Reliability;

/// <summary>The gateway's own database is full, locked or away while customers write: LINE hears 503, nothing that it was told is kept is lost, and it goes on by itself.</summary>
public sealed class DatabaseTroubleTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [RootFact]
    public async Task Given_a_disk_that_is_full_in_the_middle_When_there_is_room_again_Then_the_gateway_goes_on_by_itself_and_nothing_acknowledged_is_lost()
    {
        using var disk = new SmallDisk(megabytes: 64);
        await using var scene = await Scene.SetAsync(new GatewayHost { Store = Database.Sqlite });
        Directory.CreateDirectory(Path.Combine(disk.Folder, "store"));
        foreach (var file in Directory.GetFiles(scene.Folder, "gateway.db*"))
            File.Copy(file, Path.Combine(disk.Folder, "store", Path.GetFileName(file)));
        scene.Differs["Store:Folder"] = Path.Combine(disk.Folder, "store");
        await scene.StartAsync();
        scene.Open();
        await scene.Ledger.AnsweredAsync(200).WaitAsync(Limit);
        disk.Leave(256 * 1024);
        await RefusedAsync(scene, 50);
        await scene.KillAsync(); // Also a start on a full disk takes up what is there.
        await RefusedAsync(scene, 50);
        disk.MakeRoom();
        await GoesOnAsync(scene);
        Holds(await scene.CloseAsync(TimeSpan.FromSeconds(120)), "disk full");
        scene.Process.Kill();
    }

    [Fact]
    public async Task Given_a_database_that_somebody_locks_When_he_lets_go_Then_the_gateway_goes_on_by_itself_and_nothing_acknowledged_is_lost()
    {
        await using var scene = await Scene.SetAsync(new GatewayHost { Store = Database.Sqlite });
        await scene.StartAsync();
        scene.Open();
        await scene.Ledger.AnsweredAsync(200).WaitAsync(Limit);
        await using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(scene.Folder, "gateway.db"), Pooling = false }.ToString()))
        {
            await other.OpenAsync();
            await using var locking = other.CreateCommand();
            locking.CommandText = "PRAGMA busy_timeout = 20000; BEGIN IMMEDIATE";
            await locking.ExecuteNonQueryAsync();
            await RefusedAsync(scene, 10);
        }

        await GoesOnAsync(scene);
        Holds(await scene.CloseAsync(TimeSpan.FromSeconds(120)), "database locked");
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_database_server_that_fails_When_it_is_back_Then_the_gateway_goes_on_by_itself_and_nothing_acknowledged_is_lost(Database database)
    {
        using var server = new OwnPostgreSql();
        await using var scene = await Scene.SetAsync(new GatewayHost { Store = database, Server = server.ConnectionString });
        await using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            await connection.OpenAsync();
            await using var ask = new NpgsqlCommand("SELECT current_setting('fsync') || ' ' || current_setting('full_page_writes')", connection);
            (await ask.ExecuteScalarAsync()).ShouldBe("on on", "a server that forgets what it confirms proves nothing");
        }

        await scene.StartAsync();
        scene.Open();
        for (var i = 0; i < 2; i++)
        {
            await GoesOnAsync(scene);
            server.Fail();
            await RefusedAsync(scene, 30);
            server.Start();
        }

        await GoesOnAsync(scene);
        Holds(await scene.CloseAsync(TimeSpan.FromSeconds(120)), "PostgreSQL failed twice");
    }

    private void Holds(Findings found, string trouble)
    {
        output.WriteLine($"{trouble}: {found}");
        (found.Lost, found.OutOfOrder, found.Unmarked, found.Wrong.Count).ShouldBe((0, 0, 0, 0), found.ToString() + "; " + string.Join("; ", found.Wrong.Take(3)));
        found.Refused.ShouldBeGreaterThan(0);
    }

    private static Task RefusedAsync(Scene scene, int more) => scene.Ledger.RefusedAsync(scene.Ledger.RefusedCount + more).WaitAsync(Limit);

    private static Task GoesOnAsync(Scene scene) => scene.Ledger.AcknowledgedAsync(scene.Ledger.AcknowledgedCount + 200).WaitAsync(Limit);
}
