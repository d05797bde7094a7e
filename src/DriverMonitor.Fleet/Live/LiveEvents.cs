using System.Data.Common;
using System.Globalization;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DriverMonitor.Fleet.Live;

/// <summary>
/// Tells those who watch of every event that was stored, whichever receiver stored it. A server says so itself (NOTIFY, with the
/// commit); a file is asked twice a second. An event is told at least once.
/// </summary>
internal sealed partial class LiveEvents(
    FleetDatabase database, ArrivalReader arrivals, FleetReader reader, TimeProvider time, ILogger<LiveEvents> log)
    : BackgroundService
{
    /// <summary>In the insert of a batch; its payload is the time of arrival.</summary>
    public const string Channel = "drivermonitor_stored";

    private const int MostWatches = 200, MostOfATenant = 50;

    private static readonly TimeSpan FilePoll = TimeSpan.FromMilliseconds(500), RetryAfter = TimeSpan.FromSeconds(1),
        FigureEvery = TimeSpan.FromSeconds(5), AskAfter = TimeSpan.FromSeconds(30);

    /// <summary>A receiver commits within this after it stamped a batch.</summary>
    private const long CommitMilliseconds = 30_000;

    private readonly Lock _lock = new();
    private readonly List<LiveWatch> _watches = [];
    private readonly ILogger _log = log;
    private long? _position;
    private bool _isFailing;

    /// <summary>Null when as many watch as may.</summary>
    public LiveWatch? TryWatch(int tenant)
    {
        lock (_lock)
        {
            if (_watches.Count >= MostWatches || _watches.Count(one => one.Tenant == tenant) >= MostOfATenant) return null;
            var watch = new LiveWatch(tenant, Remove);
            _watches.Add(watch);
            return watch;
        }
    }

    /// <summary>Where one who has seen something goes on: a little before it where commits may have been late.</summary>
    public long ResumeAfter(long seen) => database.IsPostgres ? seen - CommitMilliseconds : seen;

    public void Publish(LiveMessage message)
    {
        foreach (var watch in Watches())
        {
            if (watch.Tenant == message.Tenant && !watch.TryAdd(message.Frame)) LogSlow();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var watch in Watches()) watch.End();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        KeepAsync(database.IsPostgres ? WatchServerAsync : WatchFileAsync, stoppingToken),
        KeepAsync(PublishFiguresAsync, stoppingToken));

    /// <summary>A store that is away ends no watch: they see nothing new until it is back.</summary>
    private async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await work(stop);
            }
            catch (Exception e) when (e is DbException or TimeoutException or IOException && !stop.IsCancellationRequested)
            {
                if (!_isFailing) LogFailing(e.Message);
                _isFailing = true;
            }

            await Task.Delay(RetryAfter, time, stop);
        }
    }

    private async Task WatchServerAsync(CancellationToken stop)
    {
        await using var connection = (NpgsqlConnection)await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        List<long> arrived = [];
        connection.Notification += (_, said) =>
        {
            if (long.TryParse(said.Payload, CultureInfo.InvariantCulture, out var at)) arrived.Add(at);
        };
        await connection.ExecuteAsync($"listen {Channel}", stop);
        var newest = await arrivals.NewestAsync(connection, stop);
        if (_position is { } before) await HandOnAsync(connection, before - CommitMilliseconds, newest, stop);
        _position = newest;
        Recover();
        while (true)
        {
            // A server that vanished without a word is noticed by asking it.
            if (arrived.Count == 0 && !await connection.WaitAsync(AskAfter, stop))
                await connection.ScalarAsync<int>("select 1", stop);
            var now = arrived.Distinct().ToList();
            arrived.Clear();
            foreach (var at in now) await HandOnAsync(connection, at - 1, at, stop);
            if (now.Count > 0) _position = Math.Max(_position.Value, now.Max());
        }
    }

    private async Task WatchFileAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        using var timer = new PeriodicTimer(FilePoll, time);
        while (true)
        {
            var newest = await arrivals.NewestAsync(connection, stop);
            if (_position is { } before && before < newest) await HandOnAsync(connection, before, newest, stop);
            _position = newest;
            Recover();
            await timer.WaitForNextTickAsync(stop);
        }
    }

    private async Task HandOnAsync(DbConnection connection, long after, long to, CancellationToken stop)
    {
        if (Watches().Length == 0) return;
        var stored = arrivals.ReadAsync(connection, after, to, tenant: null, int.MaxValue, stop);
        await foreach (var message in stored) Publish(message);
    }

    private async Task PublishFiguresAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(FigureEvery, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            foreach (var tenant in Watches().Select(watch => watch.Tenant).Distinct().ToList())
            {
                var figures = await reader.LagAsync(tenant, stop);
                Publish(new(tenant, 0, LiveFrame.Of("now", null, figures)));
                Recover();
            }
        }
    }

    private LiveWatch[] Watches()
    {
        lock (_lock) return [.. _watches];
    }

    private void Remove(LiveWatch watch)
    {
        lock (_lock) _watches.Remove(watch);
    }

    private void Recover()
    {
        if (_isFailing) LogRecovered();
        _isFailing = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live events wait for the store ({Why}). Retrying every second.")]
    private partial void LogFailing(string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Live events go on.")]
    private partial void LogRecovered();

    [LoggerMessage(Level = LogLevel.Information, Message = "A watcher of live events was too slow and was cut off; it may come again.")]
    private partial void LogSlow();
}
