using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// A prepared statement that is run for every event: values go to the library as they are. A <c>DbCommand</c> makes objects of
/// them and a reader of every run, which costs more than the insert.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(long? value)
    {
        if (value is { } known) return Bind(known);
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, ++_bound) : raw.sqlite3_bind_text(_statement, ++_bound, value));
        return this;
    }

    /// <summary>Rows that were changed.</summary>
    public int Execute()
    {
        Step();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Whether it finds any row.</summary>
    public bool Finds() => Step() == raw.SQLITE_ROW;

    public void Dispose() => _statement.Dispose();

    private int Step()
    {
        var result = raw.sqlite3_step(_statement);
        _bound = 0;
        // What a step met is said by the step; a reset would only say it again.
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            var fault = raw.sqlite3_errmsg(_database).utf8_to_string();
            raw.sqlite3_reset(_statement);
            throw new SqliteException($"SQLite error {result}: {fault}", result & 0xff, result);
        }

        raw.sqlite3_reset(_statement);
        return result;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
