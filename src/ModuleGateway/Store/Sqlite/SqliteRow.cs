using System.Collections;
using System.Data.Common;
using SQLitePCL;

namespace ModuleGateway.Store.Sqlite;

/// <summary>The row a statement stands on, as the rows of both databases read it: by position, as number, text or bytes. It moves with its statement and cannot do more.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : DbDataReader
{
    public override int FieldCount => raw.sqlite3_column_count(statement);

    public override int Depth => 0;

    public override bool HasRows => throw Unneeded();

    public override bool IsClosed => false;

    public override int RecordsAffected => throw Unneeded();

    public override object this[int ordinal] => throw Unneeded();

    public override object this[string name] => throw Unneeded();

    public override bool IsDBNull(int ordinal) => raw.sqlite3_column_type(statement, ordinal) == raw.SQLITE_NULL;

    public override long GetInt64(int ordinal) => raw.sqlite3_column_int64(statement, ordinal);

    public override string GetString(int ordinal) => raw.sqlite3_column_text(statement, ordinal).utf8_to_string();

    public override T GetFieldValue<T>(int ordinal) => raw.sqlite3_column_blob(statement, ordinal).ToArray() is T bytes ? bytes : throw Unneeded();

    public override bool GetBoolean(int ordinal) => throw Unneeded();

    public override byte GetByte(int ordinal) => throw Unneeded();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw Unneeded();

    public override char GetChar(int ordinal) => throw Unneeded();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw Unneeded();

    public override string GetDataTypeName(int ordinal) => throw Unneeded();

    public override DateTime GetDateTime(int ordinal) => throw Unneeded();

    public override decimal GetDecimal(int ordinal) => throw Unneeded();

    public override double GetDouble(int ordinal) => throw Unneeded();

    public override IEnumerator GetEnumerator() => throw Unneeded();

    public override Type GetFieldType(int ordinal) => throw Unneeded();

    public override float GetFloat(int ordinal) => throw Unneeded();

    public override Guid GetGuid(int ordinal) => throw Unneeded();

    public override short GetInt16(int ordinal) => throw Unneeded();

    public override int GetInt32(int ordinal) => throw Unneeded();

    public override string GetName(int ordinal) => throw Unneeded();

    public override int GetOrdinal(string name) => throw Unneeded();

    public override object GetValue(int ordinal) => throw Unneeded();

    public override int GetValues(object[] values) => throw Unneeded();

    public override bool NextResult() => throw Unneeded();

    public override bool Read() => throw Unneeded();

    private static NotSupportedException Unneeded() => new("The store's rows are read by position, as number, text or bytes.");
}
