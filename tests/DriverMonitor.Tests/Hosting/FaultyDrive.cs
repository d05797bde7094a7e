using System.Diagnostics;
using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Hosting;

/// <summary>How a part comes to fail.</summary>
internal enum Way
{
    /// <summary>While it is called in the drive.</summary>
    Called,

    /// <summary>It does not return while the driver sleeps.</summary>
    Hangs,

    /// <summary>While it runs beside the drive.</summary>
    Running,

    /// <summary>Each time it is started, from the beginning.</summary>
    Started,

    /// <summary>When the button is pressed.</summary>
    Pressed,
}

/// <summary>
/// A drive of the whole service in this process, with a driver who falls asleep once. The buzzer plays on the drive's own time,
/// so that its edges can be compared to the tick.
/// </summary>
internal sealed class FaultyDrive : IEventSink, ILoggerProvider, ILogger
{
    private const int ButtonLine = 23;
    private static readonly PortraitScript Script = PortraitScript.Sleepy(times: 1);
    private static readonly TimeSpan FallsAsleep = TimeSpan.FromSeconds(3.6), WakesUp = TimeSpan.FromSeconds(6.9);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly IReadOnlyDictionary<ServicePart, Way> _faults;
    private readonly IHost _host;
    private readonly ManualResetEventSlim _over = new();
    private readonly List<string> _log = [];
    private TimeSpan _now;
    private bool _hasMet;
    private volatile bool _isAsleep;

    private FaultyDrive(string settings, IReadOnlyDictionary<ServicePart, Way> faults)
    {
        _faults = faults;
        _host = Program.BuildService(
            settings,
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(this);
                builder.Services.AddSingleton<CameraFactory>(() =>
                    new PortraitCamera(Path.Combine(ModelStore.DefaultFolder(), "portrait"), Script, paceBy: null));
                builder.Services.AddKeyedSingleton<TimeProvider>(OutputsRegistration.BuzzerTime, _time);
                builder.Services.AddSingleton<IEventSink>(this);
                builder.Services.AddSingleton<FaultInjector>(Inject);
            }
        );
    }

    /// <summary>Every change of the buzzer's line.</summary>
    public string Edges { get; private set; } = "";

    /// <summary>How often each part failed.</summary>
    public IReadOnlyList<PartState> States { get; private set; } = [];

    public string Log
    {
        get
        {
            lock (_log) return string.Join('\n', _log);
        }
    }

    /// <param name="sections">More settings, each with a comma before it.</param>
    /// <param name="faults">What fails, and how: one part, or many at once.</param>
    public static FaultyDrive Run(string folder, string sections = "", IReadOnlyDictionary<ServicePart, Way>? faults = null)
    {
        faults ??= new Dictionary<ServicePart, Way>();
        var file = Path.Combine(folder, "settings.json");
        var collector = faults.ContainsKey(ServicePart.Collector) ? """, "Collector": "http://127.0.0.1:1/v1/metrics" """ : "";
        File.WriteAllText(file, $$"""
            { "DriverMonitor": { "Gpio": { "Board": "Virtual", "ButtonLine": {{ButtonLine}} }, "Profiles": { "Folder": "{{folder}}", "Driver": "anna" },
              "Web": { "Port": {{Loopback.FreePort()}}{{collector}} }{{sections}} } }
            """);
        var drive = new FaultyDrive(file, faults);
        using (drive._host)
        {
            var cab = drive._host.Services.GetRequiredService<OutputController>();
            var supervisor = drive._host.Services.GetRequiredService<Supervisor>();
            using var patience = new CancellationTokenSource(2 * Patience);
            drive._host.RunAsync(patience.Token).GetAwaiter().GetResult();
            drive._over.Set();
            Assert.False(patience.IsCancellationRequested, drive.Log);
            drive.Edges = string.Join('\n', cab.Recording!.Edges.Where(edge => edge.Line == new GpioSettings().BuzzerLineUsed)
                .Select(edge => string.Create(CultureInfo.InvariantCulture, $"{edge.At.TotalSeconds:F3} {(edge.High ? "on" : "off")}")));
            drive.States = supervisor.States;
        }

        return drive;
    }

    public long Failures(ServicePart part) => States.FirstOrDefault(state => state.Part == part).Failures;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (outcome.At > _now) _time.Advance(outcome.At - _now);
        _now = outcome.At > _now ? outcome.At : _now;
        _isAsleep = _now >= FallsAsleep && _now < WakesUp;
        if (_isAsleep && !_hasMet) Meet();
        if (_now >= WakesUp) _over.Set();
    }

    /// <summary>The drive waits until the faults have come, or it would be over before a slow machine is ready.</summary>
    private void Meet()
    {
        if (_faults.Values.Contains(Way.Hangs))
        {
            if (_now <= FallsAsleep + TimeSpan.FromSeconds(1)) return;
            Thread.Sleep(TimeSpan.FromSeconds(2.2)); // longer than an output may hang unsaid
        }

        _hasMet = true;
        foreach (var (part, way) in _faults)
        {
            if (way == Way.Pressed) PressUntilFault(part);
            else if (way is Way.Running or Way.Started) WaitForFault(part, Patience);
        }
    }

    /// <summary>A busy machine may see nothing of a short press.</summary>
    private void PressUntilFault(ServicePart part)
    {
        var board = _host.Services.GetRequiredService<OutputController>().Recording!;
        var wait = Stopwatch.StartNew();
        do
        {
            board.Drive(ButtonLine, high: false);
            Thread.Sleep(TimeSpan.FromSeconds(0.3));
            board.Drive(ButtonLine, high: true);
        }
        while (!WaitForFault(part, TimeSpan.FromSeconds(1)) && wait.Elapsed < Patience);
    }

    private bool WaitForFault(ServicePart part, TimeSpan patience)
    {
        var supervisor = _host.Services.GetRequiredService<Supervisor>();
        for (var wait = Stopwatch.StartNew(); supervisor.Of(part).State.Failures == 0 && wait.Elapsed < patience; )
            Thread.Sleep(10);
        return supervisor.Of(part).State.Failures > 0;
    }

    private void Inject(ServicePart part)
    {
        if (!_faults.TryGetValue(part, out var way) || (way != Way.Started && !_isAsleep)) return;
        if (way == Way.Hangs) _over.Wait(Patience);
        else throw new NotImplementedException("ordered to fail");
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_log) _log.Add($"{logLevel}: {formatter(state, exception)} {exception}");
    }

    void IDisposable.Dispose()
    {
        // ends with the host, and its log is read afterwards
    }
}
