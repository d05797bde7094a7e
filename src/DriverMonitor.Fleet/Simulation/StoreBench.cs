using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>Batches into the real tables, beside a raw copy of the same rows into a heap without a key or an index.</summary>
internal static class StoreBench
{
    private const int Batch = 500;
    private const int Rounds = 3;

    public static async Task<IReadOnlyList<BenchRow>> PostgresAsync(
        PostgresEventStore store, string server, int count, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using (var bare = source.CreateCommand(
            "drop table if exists bare; create unlogged table bare (v int, e bigint, s bigint, a bigint, body text)"))
        {
            await bare.ExecuteNonQueryAsync(stop);
        }

        await using (var logged = source.CreateCommand("alter table bare set logged")) await logged.ExecuteNonQueryAsync(stop);
        List<double> ratios = [];
        var (put, copy) = (0.0, 0.0);
        for (var round = 0; round <= Rounds; round++)
        {
            var events = Events(count / (Rounds + 1), round);
            copy = await CopyAsync(source, events, stop);
            put = await PutAsync(store, events, stop);
            if (round > 0) ratios.Add(put / copy); // the first warms up
        }

        await using var size = source.CreateCommand(
            """
            select sum(pg_total_relation_size(inhrelid))::float8 / (select count(*) from event)
            from pg_inherits where inhparent = 'event'::regclass
            """);
        var bytes = (double)(await size.ExecuteScalarAsync(stop))!;
        ratios.Sort();
        return
        [
            new("put a batch / raw COPY into a bare heap", 0.45, ratios[ratios.Count / 2],
                string.Create(CultureInfo.InvariantCulture, $"{put:0} and {copy:0} events/s")),
            new("bytes a stored event", 450, bytes, "heap and indexes") { IsAtMost = true },
        ];
    }

    public static List<FleetEvent> Events(int count, int round)
    {
        var reader = new EventReader(["demo"], []);
        var now = TimeProvider.System.GetUtcNow();
        List<FleetEvent> events = new(count);
        var vehicles = Enumerable.Range(1, 100)
            .Select(i => new VehicleMessages("demo", SimulatedFleet.NameOf(i), (ulong)(round + 1) << 32 | (uint)i, 1, now)).ToArray();
        for (var i = 0; events.Count < count; i++)
        {
            var (seq, says) = ((i / vehicles.Length) + 1, vehicles[i % vehicles.Length]);
            var (topic, body) = says.Alert(seq, TimeSpan.FromSeconds(seq), (AlertPhase)(seq % 3), (seq / 3) + 1);
            events.Add(reader.Read(topic, body, now.ToUnixTimeMilliseconds()).Event!);
        }

        return events;
    }

    /// <summary>Events a second.</summary>
    public static async Task<double> PutAsync(IEventStore store, List<FleetEvent> events, CancellationToken stop)
    {
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var part in events.Chunk(Batch))
            await store.PutAsync(new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), part, [], []), stop);
        return events.Count / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<double> CopyAsync(NpgsqlDataSource source, List<FleetEvent> events, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var part in events.Chunk(Batch))
        {
            await using var copy = await connection.BeginBinaryImportAsync("copy bare from stdin (format binary)", stop);
            foreach (var one in part)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(1, NpgsqlDbType.Integer, stop);
                await copy.WriteAsync((long)one.Epoch, NpgsqlDbType.Bigint, stop);
                await copy.WriteAsync(one.Seq, NpgsqlDbType.Bigint, stop);
                await copy.WriteAsync(one.At, NpgsqlDbType.Bigint, stop);
                await copy.WriteAsync(one.Body, NpgsqlDbType.Text, stop);
            }

            await copy.CompleteAsync(stop);
        }

        return events.Count / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }
}
