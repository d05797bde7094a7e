using System.Data.Common;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Marks;

/// <summary>
/// Tells every vehicle up to which number everything is stored, and which are missing below: the vehicle deletes the ones and
/// sends the others again. What a broker acknowledged and lost is found by nothing else.
/// </summary>
internal sealed partial class Marker(
    FleetDatabase database, IIntake intake, CommandSigner signer, MarkOptions options, TimeProvider time, ILogger<Marker> log)
    : BackgroundService
{
    private readonly ShardLease _lease = new(database);
    private readonly Dictionary<EpochKey, OpenEpoch> _open = [];
    private long _since;
    private long _sent;
    private bool _isFailing;

    /// <summary>Marks sent since the start.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Looks once, and sends what is due.</summary>
    public async Task StepAsync(CancellationToken stop)
    {
        var added = await _lease.UpdateAsync(stop);
        if (_lease.Held.Count == 0) return;
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var table = new MarkTable(connection, database.IsPostgres);
        if (added.Count > 0)
        {
            _since = Math.Min(_since == 0 ? long.MaxValue : _since, await table.ProgressAsync(added, stop));
            foreach (var key in await table.UnfinishedAsync(stop)) _open[key] = default;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (touched, next) = await table.TouchedAsync(_since, now, stop);
        foreach (var key in touched) _open[key] = await TouchAsync(table, key, stop);
        foreach (var (key, open) in _open.ToList())
        {
            if (!_lease.Held.Contains(ShardLease.ShardOf(key.Vehicle))) _open.Remove(key);
            else if (open.LookAt > now) continue;
            else if (await MarkAsync(table, key, now, stop) is { } later) _open[key] = later;
            else _open.Remove(key);
        }

        _since = next;
        // What is still open has a row that says so.
        await table.SaveProgressAsync(_lease.Held, next, stop);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _lease.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StepAsync(stoppingToken);
                _isFailing = false;
            }
            catch (Exception e) when (e is DbException or TimeoutException or IOException)
            {
                if (!_isFailing) LogFailing(TopicName.Shown(e.Message), options.Every.TotalSeconds);
                _isFailing = true;
            }
        }
    }

    /// <summary>
    /// When an epoch with new rows must be looked at. While vehicles keep what is stored, a day's rows lie above each mark: they
    /// are read as a whole only when something is missing or may be told.
    /// </summary>
    private async Task<OpenEpoch> TouchAsync(MarkTable table, EpochKey key, CancellationToken stop)
    {
        if (options.KeepOnVehicle <= MarkPolicy.Oldest) return default;
        if (!_open.TryGetValue(key, out var open) || open.LookAt == 0) return default;
        var rows = await table.RowsAboveAsync(key, open.Contiguous, stop);
        var state = SequenceTracker.Update(open.Contiguous, rows.Select(row => row.Seq), []);
        return state.Holes.Count > 0 ? default : open with { Contiguous = state.Mark };
    }

    /// <summary>When to look again; null if nothing of the epoch is left to be told.</summary>
    private async Task<OpenEpoch?> MarkAsync(MarkTable table, EpochKey key, long now, CancellationToken stop)
    {
        var epoch = await table.ReadAsync(key, stop);
        var rows = await table.RowsAboveAsync(key, epoch.Mark, stop);
        var state = SequenceTracker.Update(
            epoch.Mark, rows.Select(row => row.Seq), await table.LostAsync(key, epoch.Mark, stop));
        if (state.Holes.Count > 0 && (epoch.IsClosed || epoch.Asked >= MarkPolicy.MostAsked))
        {
            await table.GiveUpAsync(key, epoch.Vehicle, state.Holes, now, stop);
            LogGivenUp(epoch.Vehicle, state.Holes.Sum(hole => hole.Count));
            await table.SaveAsync(key, state, state.Mark, 0, null, now, stop);
            return epoch.IsClosed ? null : default(OpenEpoch);
        }

        if (epoch.IsClosed) return null;
        var view = new MarkView(rows, epoch, state, now, (long)options.KeepOnVehicle.TotalMilliseconds);
        var isTold = (view.UpTo > epoch.Mark || state.Holes.Count > 0) && view.IsDue
            && await SendAsync(key, epoch.Vehicle, state, view.UpTo, stop);
        await table.SaveAsync(
            key, state, isTold ? view.Mark : epoch.Mark, state.Holes.Count == 0 ? 0 : epoch.Asked + (isTold ? 1 : 0),
            isTold ? now : null, now, stop);
        var mark = isTold ? view.Mark : epoch.Mark;
        if (state.Holes.Count == 0 && mark == state.Highest) return null;
        return new(isTold ? now : view.LookAgainAt, state.Mark);
    }

    private async Task<bool> SendAsync(EpochKey key, VehicleName vehicle, SequenceState state, long upTo, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var missing = new JsonArray([.. state.Holes.Select(hole => new JsonArray(hole.From, hole.To))]);
        var args = new JsonObject { ["epoch"] = $"{key.Epoch:x16}", ["upTo"] = upTo, ["missing"] = missing };
        var counter = now.ToUnixTimeMilliseconds();
        var body = signer.Sign($"m{counter:x}", vehicle.ToString(), "hwm", args, counter, now);
        if (!await intake.PublishAsync(TopicName.Order(vehicle.Tenant, vehicle.Vehicle, "hwm"), body, stop)) return false;
        Interlocked.Increment(ref _sent);
        return true;
    }

    /// <param name="LookAt">Nothing becomes due before, Unix milliseconds.</param>
    /// <param name="Contiguous">Everything up to here is stored or lost.</param>
    private readonly record struct OpenEpoch(long LookAt, long Contiguous);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Marks wait: {why}. Retrying in {seconds} s")]
    private partial void LogFailing(string why, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{vehicle}: {count} numbers never came, although asked for; they count as lost")]
    private partial void LogGivenUp(VehicleName vehicle, long count);
}
