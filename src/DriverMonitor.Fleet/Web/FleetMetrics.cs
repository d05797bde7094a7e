using System.Data.Common;
using System.Diagnostics.Metrics;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Web;

/// <summary>Figures of the whole installation that only the store knows; asked every 15 s, never by a scrape.</summary>
internal sealed class FleetMetrics : BackgroundService
{
    /// <summary>Of every instrument of this program.</summary>
    public const string MeterName = "DriverMonitor.Fleet";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly FleetDatabase _database;
    private readonly TimeProvider _time;
    private readonly Meter _meter = new(MeterName);
    private Figures _now = new(0, 0, 0, 0, 0, 0, 0);

    public FleetMetrics(FleetDatabase database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        Gauge("fleet.vehicles", "{vehicle}", "Vehicles that were ever heard of and are not retired.", now => now.Vehicles);
        Gauge("fleet.vehicles.fresh", "{vehicle}", "Of them, heard of within 15 minutes.", now => now.Fresh);
        Gauge("fleet.unstored.age", "s", "Age of the oldest event that a fresh vehicle still holds.", now => now.OldestS);
        Gauge("fleet.holes.epochs", "{epoch}", "Epochs with numbers that are asked for again.", now => now.Holes);
        Gauge("fleet.deliveries.waiting", "{message}", "Webhook messages that wait.", now => now.Deliveries);
        Gauge("fleet.certificates.ending", "{certificate}", "Vehicles whose newest certificate ends within 14 days.", now => now.Ending);
        Gauge("fleet.findings.day", "{finding}", "Findings of the last 24 hours.", now => now.Findings);
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        do
        {
            try
            {
                _now = await AskAsync(stoppingToken);
            }
            catch (Exception e) when (e is DbException or TimeoutException or IOException)
            {
                // The last figures stand; that the store is away is a figure of the intake.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Gauge(string name, string unit, string what, Func<Figures, long> value) =>
        _meter.CreateObservableGauge(name, () => value(_now), unit, what);

    private async Task<Figures> AskAsync(CancellationToken stop)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var connection = await _database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var rows = await connection.ReadAsync(
            "select (select count(*) from vehicle where retired_at is null), "
                + "(select count(*) from vehicle_now where seen_at > @fresh), "
                + "(select coalesce(max(oldest_s), 0) from vehicle_now where seen_at > @fresh), "
                + "(select count(*) from epoch where holes <> '[]' and closed_at is null), "
                + "(select count(*) from delivery where done_at is null and failed_at is null), "
                + "(select count(*) from (select max(expires_at) as ends from certificate where revoked_at is null group by tenant_id, name) c "
                + "where c.ends between @now and @soon), "
                + "(select count(*) from finding where at > @yesterday)",
            row => new Figures(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
                    row.GetInt64(6)),
            stop, ("fresh", now - 15 * 60_000L), ("now", now), ("soon", now + 14 * 86_400_000L), ("yesterday", now - 86_400_000L));
        return rows[0];
    }

    private sealed record Figures(
        long Vehicles, long Fresh, long OldestS, long Holes, long Deliveries, long Ending, long Findings);
}
