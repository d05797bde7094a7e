using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using Microsoft.Data.Sqlite;

namespace DriverMonitor.Outbox;

/// <summary>The statements of the queue, prepared once, with the tally of what they changed.</summary>
internal sealed class StoreStatements : IDisposable
{
    private const string NotTheLast = "seq < (SELECT max(seq) FROM q)";

    private readonly SqliteConnection _store;
    private readonly List<SqliteCommand> _all = [];
    private readonly SqliteCommand _insert,
        _rewrite,
        _length,
        _remove,
        _sent,
        _reopen,
        _numbers,
        _oldest,
        _expired,
        _deleteSent,
        _deleteAfter;

    public StoreStatements(SqliteConnection store)
    {
        _store = store;
        _insert = Prepare(
            "INSERT INTO q VALUES($seq, $cls, NULL, $mono, $utc, $expires, 0, $topic, $body, $crc)",
            "$seq",
            "$cls",
            "$mono",
            "$utc",
            "$expires",
            "$topic",
            "$body",
            "$crc");
        _rewrite = Prepare(
            "UPDATE q SET mono = $mono, utc = $utc, expires = $expires, body = $body, crc = $crc WHERE seq = $seq AND state = 0",
            "$seq",
            "$mono",
            "$utc",
            "$expires",
            "$body",
            "$crc");
        _length = Prepare("SELECT length(body) FROM q WHERE seq = $seq AND state = 0", "$seq");
        _remove = Prepare($"DELETE FROM q WHERE seq = $seq AND {NotTheLast} RETURNING cls, length(body), state", "$seq");
        _sent = Prepare("UPDATE q SET state = 1 WHERE seq = $seq AND state = 0 RETURNING cls", "$seq");
        _reopen = Prepare(
            "UPDATE q SET state = 0 WHERE seq BETWEEN $from AND $to AND state = 1 AND length(body) > 0 RETURNING cls",
            "$from",
            "$to");
        _numbers = Prepare("SELECT seq FROM q WHERE seq BETWEEN $from AND $to AND length(body) > 0 ORDER BY seq", "$from", "$to");
        _oldest = Prepare(
            $"SELECT seq, state, length(body) FROM q WHERE cls = $cls AND {NotTheLast} ORDER BY seq LIMIT $most",
            "$cls",
            "$most");
        _expired = Prepare(
            $"SELECT seq, state, 0 FROM q WHERE cls = $cls AND {NotTheLast} AND "
                + "((state = 0 AND expires < $now) OR (state = 1 AND utc < $kept)) ORDER BY seq LIMIT $most",
            "$cls",
            "$now",
            "$kept",
            "$most");
        _deleteSent = Prepare(
            $"DELETE FROM q WHERE state = 1 AND seq <= $upTo AND seq >= $from AND {NotTheLast} RETURNING cls, length(body), state",
            "$upTo",
            "$from");
        _deleteAfter = Prepare("DELETE FROM q WHERE seq > $last RETURNING cls, length(body), state", "$last");
        Last = Scalar("SELECT coalesce(max(seq), 0) FROM q");
    }

    public StoreCounters Tally { get; set; }

    /// <summary>The highest number given so far.</summary>
    public long Last { get; set; }

    public void Within(SqliteTransaction transaction) => _all.ForEach(command => command.Transaction = transaction);

    public long First() => Scalar("SELECT coalesce(min(seq), 1) FROM q");

    public void CountAll()
    {
        Tally = default;
        using var count = _store.CreateCommand();
        count.CommandText = "SELECT cls, count(*), sum(length(body)), sum(state = 0) FROM q GROUP BY cls";
        using var row = count.ExecuteReader();
        while (row.Read())
            Tally = Tally.Plus((OutboxClass)row.GetInt32(0), new(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
    }

    /// <summary>Uses up numbers without rows.</summary>
    public SeqRange Skip(long count) => new(Last + 1, Last += count);

    public long Insert(StoreRow row)
    {
        var seq = Last + 1;
        var body = row.Write(seq);
        Set(
            _insert,
            seq,
            (int)row.Class,
            row.Mono,
            Milliseconds(row.Utc),
            Milliseconds(row.Expires),
            row.Topic,
            body,
            RowChecksum.Of(seq, body));
        _insert.ExecuteNonQuery();
        Last = seq;
        Tally = Tally.Plus(row.Class, new(1, body.Length, 1));
        return seq;
    }

    /// <summary>Puts another body in the place of one that was not sent. False if it is not there any more.</summary>
    public bool Rewrite(long seq, StoreRow row)
    {
        Set(_length, seq);
        if (_length.ExecuteScalar() is not long before) return false;
        var body = row.Write(seq);
        Set(_rewrite, seq, row.Mono, Milliseconds(row.Utc), Milliseconds(row.Expires), body, RowChecksum.Of(seq, body));
        _rewrite.ExecuteNonQuery();
        Tally = Tally.Plus(row.Class, new(0, body.Length - before, 0));
        return true;
    }

    /// <summary>Deletes a row, or, if it has the highest number, counts it as sent.</summary>
    public void Remove(long seq)
    {
        Set(_remove, seq);
        if (Deleted(_remove) == 0) MarkSent(seq);
    }

    /// <summary>The class of the row; null if it did not wait.</summary>
    public OutboxClass? MarkSent(long seq)
    {
        Set(_sent, seq);
        using var row = _sent.ExecuteReader();
        OutboxClass? cls = null;
        while (row.Read()) Tally = Tally.Plus((cls = (OutboxClass)row.GetInt32(0)).Value, new(0, 0, -1));
        return cls;
    }

    public void Reopen(SeqRange range)
    {
        Set(_reopen, range.From, range.To);
        using var row = _reopen.ExecuteReader();
        while (row.Read()) Tally = Tally.Plus((OutboxClass)row.GetInt32(0), new(0, 0, 1));
    }

    /// <summary>Deletes rows that were sent, the highest excepted.</summary>
    public int DeleteSent(long from, long upTo)
    {
        Set(_deleteSent, upTo, from);
        return Deleted(_deleteSent);
    }

    public void DeleteAfter(long last)
    {
        Set(_deleteAfter, last);
        Deleted(_deleteAfter);
        Last = Math.Min(Last, last);
    }

    public List<long> Numbers(SeqRange range)
    {
        Set(_numbers, range.From, range.To);
        using var row = _numbers.ExecuteReader();
        var numbers = new List<long>();
        while (row.Read()) numbers.Add(row.GetInt64(0));
        return numbers;
    }

    /// <summary>The oldest of a class: at most so many, and no more than make up so many bytes.</summary>
    public List<(long Seq, bool Waits)> Oldest(OutboxClass cls, int most, long bytes)
    {
        Set(_oldest, (int)cls, most);
        return Rows(_oldest, bytes);
    }

    /// <summary>
    /// Those that wait and expired before <paramref name="now"/>, and those that were sent and are older than
    /// <paramref name="kept"/>.
    /// </summary>
    public List<(long Seq, bool Waits)> Expired(OutboxClass cls, DateTimeOffset now, DateTimeOffset kept, int most)
    {
        Set(_expired, (int)cls, Milliseconds(now), Milliseconds(kept), most);
        return Rows(_expired, long.MaxValue);
    }

    public void Dispose() => _all.ForEach(command => command.Dispose());

    private int Deleted(SqliteCommand delete)
    {
        using var row = delete.ExecuteReader();
        var deleted = 0;
        for (; row.Read(); deleted++)
            Tally = Tally.Plus((OutboxClass)row.GetInt32(0), -new ClassTally(1, row.GetInt64(1), 1 - row.GetInt64(2)));
        return deleted;
    }

    private static List<(long Seq, bool Waits)> Rows(SqliteCommand question, long bytes)
    {
        using var row = question.ExecuteReader();
        var rows = new List<(long, bool)>();
        for (var sum = 0L; sum < bytes && row.Read(); sum += row.GetInt64(2)) rows.Add((row.GetInt64(0), row.GetInt64(1) == 0));
        return rows;
    }

    private SqliteCommand Prepare(string text, params string[] parameters)
    {
        var command = _store.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters) command.Parameters.Add(new() { ParameterName = parameter });
        _all.Add(command);
        return command;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }

    private static object Milliseconds(DateTimeOffset? when) => when is { } at ? at.ToUnixTimeMilliseconds() : DBNull.Value;

    private long Scalar(string question) => (long)StoreFile.QueryScalar(_store, question)!;
}
