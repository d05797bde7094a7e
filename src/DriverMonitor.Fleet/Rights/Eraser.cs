using System.Data.Common;
using System.Text.Json;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rights;

/// <summary>
/// Forgets what was measured of a driver when the vehicle says that it has forgotten. Counts stay: an event keeps its number, its
/// level and its times, and loses its kind and what it said.
/// </summary>
/// <remarks>
/// A trip names its driver's pseudonym from P2 on: then the trips of that pseudonym are erased with their alerts, and alerts that
/// name no trip. Below P2 no event carries a driver, and everything before the receipt is meant.
/// </remarks>
internal sealed class Eraser(FleetDatabase database, AuditChain audit, TimeProvider time) : IFeedHandler
{
    /// <summary>What can tell of a driver; news of the monitor itself cannot.</summary>
    private static readonly string Personal = string.Join(',', new[]
    {
        EventType.Unknown, EventType.Raised, EventType.Escalated, EventType.Cleared, EventType.Disputed, EventType.OrderAnswer,
        EventType.TripEnded,
    }.Select(type => (int)type));

    public string Name => "erasures";

    public IReadOnlyCollection<EventType> Wanted { get; } = [EventType.Erased];

    public async Task HandleAsync(IReadOnlyList<FeedEvent> events, CancellationToken stop)
    {
        foreach (var receipt in events) await ApplyAsync(receipt, stop);
    }

    /// <summary>
    /// Erases between two moments (Unix milliseconds, by the events' own time); for a person's request to the fleet.
    /// </summary>
    /// <returns>Rows that lost what they said.</returns>
    public async Task<long> EraseAsync(
        int tenant, int vehicle, long from, long to, string who, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var rows = await BlankAsync(
            connection, vehicle, "coalesce(happened_at, at) >= @from and coalesce(happened_at, at) < @to", stop, ("from", from), ("to", to));
        await NoteAsync(connection, vehicle, null, null, (from, to), rows, stop);
        await transaction.CommitAsync(stop);
        await SettleAsync(connection, tenant, who, $"erase {vehicle} {from}-{to}: {rows} rows", stop);
        return rows;
    }

    /// <summary>
    /// Applies the receipts of the last days again: an event that was sent once more after its erasure must not come back.
    /// </summary>
    public async Task RepeatAsync(TimeSpan age, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var since = (time.GetUtcNow() - age).ToUnixTimeMilliseconds();
        var kept = await connection.ReadAsync(
            "select vehicle_id, pseudonym, from_at, to_at from erasure where asked_at > @since",
            row => (Vehicle: row.GetInt32(0), Pseudonym: row.IsDBNull(1) ? null : row.GetString(1),
                From: row.IsDBNull(2) ? 0 : row.GetInt64(2), To: row.IsDBNull(3) ? 0 : row.GetInt64(3)), stop, ("since", since));
        foreach (var one in kept)
        {
            if (one.Pseudonym is not null) await BlankTripsAsync(connection, one.Vehicle, one.Pseudonym, stop);
            if (one.To > 0)
                await BlankAsync(connection, one.Vehicle, "at >= @from and at < @to", stop, ("from", one.From), ("to", one.To));
        }
    }

    private async Task ApplyAsync(FeedEvent receipt, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var isKnown = await connection.ScalarAsync<int>(
            "select count(*) from erasure where vehicle_id = @vehicle and receipt = @receipt", stop,
            ("vehicle", receipt.VehicleId), ("receipt", receipt.Id)) > 0;
        if (isKnown) return;
        var pseudonym = PseudonymOf(receipt.Body);
        var isNamed = await connection.ScalarAsync<int>(
            $"select count(*) from event where vehicle_id = @vehicle and type = {(int)EventType.TripEnded} and {Json("driver")} is not null",
            stop, ("vehicle", receipt.VehicleId)) > 0;
        const string Before = "((epoch = @epoch and seq < @seq) or (epoch <> @epoch and received_at <= @received))";
        (string, object?)[] values = [("epoch", receipt.Epoch), ("seq", receipt.Seq), ("received", receipt.ReceivedAt)];
        var rows = isNamed && pseudonym is not null ? await BlankTripsAsync(connection, receipt.VehicleId, pseudonym, stop) : 0;
        rows += await BlankAsync(
            connection, receipt.VehicleId, isNamed ? $"{Before} and type <> {(int)EventType.TripEnded} and {Json("trip")} is null" : Before,
            stop, values);
        await NoteAsync(connection, receipt.VehicleId, receipt.Id, pseudonym, isNamed ? null : (0, receipt.At), rows, stop);
        await transaction.CommitAsync(stop);
        await SettleAsync(connection, receipt.Tenant, "vehicle", $"erase {receipt.Vehicle} receipt {receipt.Id}: {rows} rows", stop);
    }

    /// <summary>The trips of a driver, and every phase of every episode that began in one.</summary>
    private async Task<long> BlankTripsAsync(DbConnection connection, int vehicle, string pseudonym, CancellationToken stop)
    {
        var trips = await connection.ReadAsync(
            $"select distinct {Json("trip")} from event where vehicle_id = @vehicle and type = {(int)EventType.TripEnded} "
                + $"and {Json("driver")} = @driver", row => row.IsDBNull(0) ? "" : row.GetString(0), stop,
            ("vehicle", vehicle), ("driver", pseudonym));
        var rows = 0L;
        foreach (var trip in trips)
            rows += await BlankAsync(
                connection, vehicle,
                $"({Json("trip")} = @trip or (episode is not null and episode in (select o.episode from event o "
                    + $"where o.vehicle_id = @vehicle and {Json("trip", "o.")} = @trip)))", stop, ("trip", trip));
        return rows;
    }

    private static async Task<long> BlankAsync(
        DbConnection connection, int vehicle, string which, CancellationToken stop, params (string, object?)[] values)
    {
        (string, object?)[] all = [("vehicle", vehicle), .. values];
        var where = $"vehicle_id = @vehicle and type in ({Personal}) and body <> '{{}}' and {which}";
        await connection.ExecuteAsync(
            "update episode set kind = 0, rule = '', note = null where vehicle_id = @vehicle "
                + $"and (epoch, episode) in (select epoch, episode from event where {where})", stop, all);
        return await connection.ExecuteAsync($"update event set body = '{{}}', kind = 0 where {where}", stop, all);
    }

    private Task<int> NoteAsync(
        DbConnection connection, int vehicle, string? receipt, string? pseudonym, (long From, long To)? window, long rows,
        CancellationToken stop)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return connection.ExecuteAsync(
            "insert into erasure (vehicle_id, receipt, pseudonym, from_at, to_at, asked_at, done_at, rows) "
                + "values (@vehicle, @receipt, @pseudonym, @from, @to, @now, @now, @rows)", stop,
            ("vehicle", vehicle), ("receipt", receipt), ("pseudonym", pseudonym), ("from", window?.From), ("to", window?.To),
            ("now", now), ("rows", rows));
    }

    private async Task SettleAsync(DbConnection connection, int tenant, string who, string what, CancellationToken stop)
    {
        await audit.AppendAsync(tenant, who, what, stop);
        // What was zeroed in the file still stands in the log beside it.
        if (!database.IsPostgres) await connection.ExecuteAsync("pragma wal_checkpoint(truncate)", stop);
    }

    private string Json(string field, string table = "") => database.IsPostgres
        ? $"({table}body::jsonb->>'{field}')"
        : $"json_extract({table}body, '$.{field}')";

    private static string? PseudonymOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("driver", out var driver) && driver.ValueKind == JsonValueKind.String
                ? driver.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
