using Npgsql;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>A role is a lock of a session of its own: the server frees it when that session ends, however it ends.</summary>
/// <remarks>
/// The session speaks every second. Who falls silent for <see cref="SilenceMax"/> (frozen, cut off) is ended by the server itself; and who wakes
/// up after it knows by its own clock that the role may be another's, before it asks anybody. Who stands in line asks every second and does not wait
/// inside a statement: that would be one transaction for days, behind which the server cleans up neither rows nor notices.
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
    private readonly TimeProvider _machine;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _givenUp = new();
    private Task _beating = Task.CompletedTask;
    private long _spokeAt;

    private PostgreSqlRole(NpgsqlConnection connection, TimeProvider machine) => (_connection, _machine) = (connection, machine);

    public override CancellationToken Lost => _lost.Token;

    /// <summary>Once it was doubtful it is lost: whoever was told so has laid down its work and would not be called back.</summary>
    public override bool IsHeld
    {
        get
        {
            if (_lost.IsCancellationRequested)
                return false;
            if (SilentFor < SureFor)
                return true;

            _ = _lost.CancelAsync(); // Not on this thread: it may hold what those who hear of it need.
            return false;
        }
    }

    private TimeSpan SilentFor => _machine.GetElapsedTime(Volatile.Read(ref _spokeAt));

    /// <param name="connection">Of its own, not pooled: the role ends with it.</param>
    /// <param name="hear">Gets the notices of other processes' commits.</param>
    /// <param name="machine">Measures silence.</param>
    public static async Task<PostgreSqlRole> TakeAsync(NpgsqlConnection connection, string name, Action<string> hear, TimeProvider machine, CancellationToken cancellationToken)
    {
        var role = new PostgreSqlRole(connection, machine);
        try
        {
            await connection.OpenAsync(cancellationToken);
            connection.Notification += (_, notice) => hear(notice.Payload);
            await role.SayAsync($"SET idle_session_timeout = {(int)SilenceMax.TotalMilliseconds}", cancellationToken); // First: who freezes with the role in its hands loses it.
            while (!await role.TryTakeAsync(name, cancellationToken))
                await Task.Delay(Beat, cancellationToken);
            await role.SayAsync($"LISTEN {PostgreSqlSchema.OwedChannel}", cancellationToken);
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
        await _lost.CancelAsync(); // Before the server hears of it: the next in line may have the role a moment later.
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
                if (!await _connection.WaitAsync(Beat, _givenUp.Token) || SilentFor > Beat)
                    await SayAsync("SELECT 1", _givenUp.Token);
            }
        }
        catch (OperationCanceledException) when (_givenUp.IsCancellationRequested)
        {
            // Given up.
        }
        catch (Exception) // Whatever it was: the session is gone, or nobody can say. Who wants the role takes it anew and hears the reason then.
        {
            await _lost.CancelAsync();
        }
    }

    private async Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken) =>
        await SayAsync($"SELECT pg_try_advisory_lock({RoleLock}, hashtext('{name}'))", cancellationToken) is true;

    private async Task<object?> SayAsync(string sql, CancellationToken cancellationToken)
    {
        var before = _machine.GetTimestamp();
#pragma warning disable CA2100 // Constants of this file and names of roles, which are constants of ours.
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = (int)SilenceMax.TotalSeconds };
#pragma warning restore CA2100
        var answer = await command.ExecuteScalarAsync(cancellationToken);
        Volatile.Write(ref _spokeAt, before);
        return answer;
    }
}
