using ModuleGateway.Store.Sql;

namespace ModuleGateway.Store.Sqlite;

/// <summary>The numbers of one table's new rows. They are given out of a stretch that is reserved in the file first, in the transaction that uses the first of them: a process that dies leaves a gap, and none is given twice.</summary>
internal sealed class RowNumbers(SqliteSession session, NumberedInsert insert)
{
    private const int Stretch = 4096;
    private const string Reserve = "INSERT INTO progress (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private readonly string _name = $"numbers of {insert.Table}";
    private long _last;
    private long? _reserved;

    public long Next()
    {
        if (_reserved is not { } reserved || _last >= reserved)
        {
            reserved = session.Number("SELECT value FROM progress WHERE name = $1", _name) ?? 0;
            if (_last == 0)
                _last = Math.Max(reserved, session.Number(insert.Highest) ?? 0);
            if (_last >= reserved)
                session.Execute(Reserve, _name, reserved = _last + Stretch);
            _reserved = reserved;
        }

        return ++_last;
    }

    /// <summary>The last one was not used after all.</summary>
    public void GiveBack() => _last--;

    /// <summary>What was reserved may have been undone. What was given out stays so.</summary>
    public void Doubt() => _reserved = null;
}
