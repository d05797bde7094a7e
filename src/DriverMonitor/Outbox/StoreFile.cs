using System.Security.Cryptography;
using DriverMonitor.Files;
using Microsoft.Data.Sqlite;

namespace DriverMonitor.Outbox;

/// <summary>
/// Opens the database of the queue. Committed means on the disk: a write-ahead log with <c>synchronous=FULL</c>. No second index
/// and no counter beside the queue, because every page more is written with every event.
/// </summary>
internal static class StoreFile
{
    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE meta(k TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID;
        CREATE TABLE q(seq INTEGER PRIMARY KEY, cls INTEGER NOT NULL, driver TEXT, mono INTEGER NOT NULL, utc INTEGER,
                       expires INTEGER, state INTEGER NOT NULL, topic TEXT NOT NULL, body BLOB NOT NULL,
                       crc INTEGER NOT NULL);
        """;

    /// <summary>The one connection that writes. Checks the whole file, and makes it if there is none.</summary>
    public static SqliteConnection OpenWriter(string path)
    {
        // The library makes its log and index beside it with the rights that the database has.
        PrivateFile
            .Open(
                path, new()
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite,
                }
            )
            .Dispose();
        var store = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // Before the first table: neither can be changed afterwards without writing the file anew.
            Run(
                store,
                "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                    + "PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=8388608;");
            if (QueryScalar(store, "PRAGMA quick_check(1)") is not "ok")
                throw new StoreException("the check of its pages failed", isDamaged: true);
            var version = (long)QueryScalar(store, "PRAGMA user_version")!;
            if (version == 0)
                Create(store);
            else if (version != Version)
                throw new StoreException($"it is of version {version}, this program writes {Version}", isDamaged: true);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>A connection that only reads, beside the one that writes.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var store = Open(path, SqliteOpenMode.ReadWrite);
        Run(store, "PRAGMA query_only=ON");
        return store;
    }

    public static object? QueryScalar(SqliteConnection store, string question)
    {
        using var command = store.CreateCommand();
        command.CommandText = question;
        return command.ExecuteScalar();
    }

    public static void Run(SqliteConnection store, string statements)
    {
        using var command = store.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    private static void Create(SqliteConnection store)
    {
        using var transaction = store.BeginTransaction();
        Run(store, Tables);
        Run(
            store,
            $"INSERT INTO meta VALUES('epoch', {BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)))}); PRAGMA user_version={Version};"
        );
        transaction.Commit();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Nobody else opens this file for long, so waiting for a lock is short; the library's own pool would keep a damaged one
        // open.
        var store = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = 5,
            }.ToString());
        try
        {
            store.Open();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}
