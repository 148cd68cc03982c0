using System.Data.Common;
using System.Diagnostics;
using Npgsql;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>A role is a lock of a session of its own: the server gives it to the next in line when that session ends, however it ends.</summary>
/// <remarks>
/// The session speaks every second. Who falls silent for <see cref="SilenceMax"/> (frozen, cut off) is ended by the server itself; and who wakes
/// up after it knows by its own clock that the role may be another's, before it asks anybody.
/// </remarks>
internal sealed class PostgreSqlRole : StoreRole
{
    private const int RoleLock = 2;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>The server ends a session that was silent this long.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(5);

    /// <summary>Shorter than the server's patience by more than an answer takes.</summary>
    private static readonly TimeSpan SureFor = TimeSpan.FromSeconds(4);

    private readonly NpgsqlConnection _connection;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _givenUp = new();
    private Task _beating = Task.CompletedTask;
    private long _spokeAt;

    private PostgreSqlRole(NpgsqlConnection connection) => _connection = connection;

    public override CancellationToken Lost => _lost.Token;

    public override bool IsHeld => !_lost.IsCancellationRequested && Stopwatch.GetElapsedTime(Volatile.Read(ref _spokeAt)) < SureFor;

    /// <param name="connection">Of its own, not pooled: the role ends with it.</param>
    /// <param name="hear">Gets the notices of other processes' commits.</param>
    public static async Task<PostgreSqlRole> TakeAsync(NpgsqlConnection connection, string name, Action<string> hear, CancellationToken cancellationToken)
    {
        var role = new PostgreSqlRole(connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            connection.Notification += (_, notice) => hear(notice.Payload);
            await role.SayAsync($"SET lock_timeout = 0; SET statement_timeout = 0; LISTEN {PostgreSqlSchema.OwedChannel}", cancellationToken);
            await role.SayAsync($"SELECT pg_advisory_lock({RoleLock}, hashtext('{name}'))", cancellationToken); // In line behind the one who has it.
            await role.SayAsync($"SET idle_session_timeout = {(int)SilenceMax.TotalMilliseconds}", cancellationToken);
        }
        catch
        {
            await role.DisposeAsync();
            throw;
        }

        role._beating = Task.Run(role.BeatAsync, CancellationToken.None);
        return role;
    }

    public override async ValueTask DisposeAsync()
    {
        await _givenUp.CancelAsync();
        await _beating;
        await _connection.DisposeAsync();
        _givenUp.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync()
    {
        try
        {
            while (!_givenUp.IsCancellationRequested)
            {
                // Hears what other processes say while it waits for the next beat.
                if (!await _connection.WaitAsync(Beat, _givenUp.Token) || Stopwatch.GetElapsedTime(Volatile.Read(ref _spokeAt)) > Beat)
                    await SayAsync("SELECT 1", _givenUp.Token);
            }
        }
        catch (OperationCanceledException) when (_givenUp.IsCancellationRequested)
        {
            // Given up.
        }
        catch (Exception error) when (error is DbException or IOException or OperationCanceledException or InvalidOperationException)
        {
            await _lost.CancelAsync(); // The session is gone, or nobody can say.
        }
    }

    private async Task SayAsync(string sql, CancellationToken cancellationToken)
    {
        var before = Stopwatch.GetTimestamp();
#pragma warning disable CA2100 // Constants of this file and names of roles, which are constants of ours.
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
        Volatile.Write(ref _spokeAt, before);
    }
}
