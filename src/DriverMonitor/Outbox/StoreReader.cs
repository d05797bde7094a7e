using Microsoft.Data.Sqlite;

namespace DriverMonitor.Outbox;

/// <summary>
/// Reads what waits, for the link, without waiting for the writer. While the disk cannot be read nothing waits there; the writer
/// finds out too, and says so. Not for two threads at once.
/// </summary>
internal sealed class StoreReader : IDisposable
{
    private const string Columns = "SELECT seq, cls, topic, body, mono, utc, crc FROM q WHERE state = 0 AND ";

    private readonly SqliteConnection _store;
    private readonly SqliteCommand _next;
    private readonly SqliteCommand _one;

    public StoreReader(string path)
    {
        _store = StoreException.Guard(() => StoreFile.OpenReader(path));
        _next = _store.CreateCommand();
        _next.CommandText = $"{Columns} seq > $seq ORDER BY seq LIMIT 1";
        _next.Parameters.Add("$seq", SqliteType.Integer);
        _one = _store.CreateCommand();
        _one.CommandText = $"{Columns} seq = $seq";
        _one.Parameters.Add("$seq", SqliteType.Integer);
    }

    /// <summary>The first that waits after a number; null if none does.</summary>
    public StoredEvent? NextAfter(long seq) => Read(_next, seq);

    /// <summary>That very one, if it still waits.</summary>
    public StoredEvent? Find(long seq) => Read(_one, seq);

    /// <summary>How many within a range are there and were handed over once.</summary>
    public int CountSent(long from, long to) => Try(() =>
    {
        using var count = _store.CreateCommand();
        count.CommandText = "SELECT count(*) FROM q WHERE state = 1 AND length(body) > 0 AND seq BETWEEN $from AND $to";
        count.Parameters.AddWithValue("$from", from);
        count.Parameters.AddWithValue("$to", to);
        return (int)(long)count.ExecuteScalar()!;
    });

    public void Dispose()
    {
        _next.Dispose();
        _one.Dispose();
        _store.Dispose();
    }

    private static StoredEvent? Read(SqliteCommand question, long seq) =>
        Try(() =>
        {
            question.Parameters["$seq"].Value = seq;
            using var row = question.ExecuteReader();
            return !row.Read()
                ? null
                : new StoredEvent(
                    row.GetInt64(0),
                    (OutboxClass)row.GetInt32(1),
                    row.GetString(2),
                    row.GetFieldValue<byte[]>(3),
                    row.GetInt64(4),
                    row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                    row.GetInt64(6));
        });

    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return StoreException.Guard(read);
        }
        catch (StoreException)
        {
            return default;
        }
    }
}

/// <summary>One event as it lies on the disk.</summary>
/// <param name="Mono">Milliseconds since the start of the run that made it.</param>
/// <param name="Utc">When, if somebody vouched for the time of day.</param>
/// <param name="Checksum">As it was when it was written.</param>
internal sealed record StoredEvent(
    long Seq, OutboxClass Class, string Topic, byte[] Body, long Mono, DateTimeOffset? Utc, long Checksum)
{
    public bool IsWhole => Checksum == RowChecksum.Of(Seq, Body);
}
