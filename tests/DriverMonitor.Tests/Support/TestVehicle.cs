using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Mqtt;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Tests.Support;

/// <summary>A vehicle's whole way to the fleet, running; alerts come from the test instead of a camera.</summary>
internal sealed class TestVehicle : IAsyncDisposable
{
    public const string Root = "dm/v1/acme/veh-0001";

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly List<string> _log = [];
    private readonly List<FleetMessage> _orders = [];
    private int _emitted;

    /// <param name="listen">Whether it takes orders; they are kept in <see cref="Orders"/>.</param>
    /// <param name="folder">Where events wait; null for memory.</param>
    public TestVehicle(int port, Func<MqttSettings, MqttSettings>? change = null, bool listen = false, string? folder = null)
    {
        var settings = new MqttSettings
        {
            Brokers = [$"127.0.0.1:{port}"],
            Tenant = "acme",
            Vehicle = "veh-0001",
            FirstConnectSpread = TimeSpan.Zero,
        };
        // Drawing zero every time makes the waits as short as they may be.
        Uplink = new(
            change?.Invoke(settings) ?? settings,
            new("face@1.2.0", "c41a"),
            TimeProvider.System,
            random: () => 0,
            new ListLogger(_log),
            folder: folder);
        if (listen)
            Uplink.Link.OrderArrived += Keep;
        _running = Uplink.Link.RunAsync(_stop.Token);
    }

    public Uplink Uplink { get; }

    public IReadOnlyList<FleetMessage> Orders
    {
        get
        {
            lock (_orders) return [.. _orders];
        }
    }

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log) return [.. _log];
        }
    }

    public void Emit(MonitorEvent happened, AlertLevel standing = AlertLevel.Alarm) =>
        Uplink.Sink.Emit(default, new Outcome(happened.At, default, new(standing, AlertRule.EyesClosed), [happened]));

    /// <summary>Alerts whose time is their number in seconds, so that order and completeness can be told.</summary>
    public void EmitAlerts(int count)
    {
        for (var i = 0; i < count; i++, _emitted++)
        {
            Emit(
                new MonitorEvent.Alert(
                    TimeSpan.FromSeconds(_emitted),
                    AlertPhase.Raised,
                    AlertRule.EyesClosed,
                    AlertLevel.Alarm,
                    []));
        }
    }

    public Task Connected() => Eventually.Sees("a connected vehicle", () => Uplink.Link.State == LinkState.Online);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Uplink.Dispose();
        _stop.Dispose();
    }

    private void Keep(FleetMessage order)
    {
        lock (_orders) _orders.Add(order);
    }

    private sealed class ListLogger(List<string> lines) : ILogger<MqttLink>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
