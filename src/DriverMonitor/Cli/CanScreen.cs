using System.Globalization;
using System.Text;
using DriverMonitor.Core.Can;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Vehicle.Can;
using Spectre.Console;

namespace DriverMonitor.Cli;

/// <summary>A bus as an installer wants to see it: each identifier with its bytes, those that change marked.</summary>
internal sealed class CanScreen
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a byte that changed stays marked.</summary>
    private static readonly TimeSpan Marked = TimeSpan.FromSeconds(1);

    /// <summary>No vehicle has more; what floods the bus with new ones must not fill the memory.</summary>
    private const int MostIds = 4096;

    private readonly Dictionary<CanFrameId, CanActivity> _seen = [];
    private readonly Lock _gate = new();
    private readonly CanVehicle _vehicle;
    private readonly TimeProvider _time;
    private readonly long _start;
    private VehicleReading? _reading;
    private TimeSpan _shownAt;

    private CanScreen(CanSettings settings, TimeProvider time)
    {
        (_vehicle, _time, _start) = (new(CanSignals.Of(settings), time), time, time.GetTimestamp());
    }

    /// <summary>Shows until it is stopped, the time is over or the log ends; the exit code says whether a frame came.</summary>
    /// <exception cref="IOException">The bus cannot be read.</exception>
    public static async Task<int> WatchAsync(
        CanSettings settings, int? seconds, bool plain, TimeProvider time, CancellationToken stop)
    {
        plain |= Console.IsOutputRedirected;
        using var over = new CancellationTokenSource(seconds is { } s ? TimeSpan.FromSeconds(s) : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        var screen = new CanScreen(settings, time);
        var bus = Open(settings, time, plain && seconds is null, either.Token);
        var reading = DedicatedThread.RunAsync(ended => screen.ReadAll(bus, ended), either.Token);
        if (plain) await Task.WhenAny(reading, Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token));
        else await AnsiConsole.Live(screen.Picture()).StartAsync(live => screen.ShowAsync(live, reading, either.Token));
        if (reading.Exception?.InnerException is { } fault)
            throw new IOException(CanBuses.Trouble(settings) ?? fault.Message, fault);
        if (plain) screen.Print();
        return screen._seen.Count > 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static ICanBus Open(CanSettings settings, TimeProvider time, bool isFast, CancellationToken stop)
    {
        try
        {
            return settings.Log is { } log ? new CandumpBus(log, time, stop, isFast) : CanBuses.Open(settings, time, stop);
        }
        catch (IOException e)
        {
            throw new IOException(CanBuses.Trouble(settings) ?? e.Message, e);
        }
    }

    private void ReadAll(ICanBus bus, CancellationToken ended)
    {
        using (bus)
        {
            while (!ended.IsCancellationRequested && bus.TryRead(out var frame))
            {
                _vehicle.Handle(frame);
                lock (_gate)
                {
                    if (!_seen.TryGetValue(frame.Id, out var one) && _seen.Count < MostIds)
                        _seen.Add(frame.Id, one = new(frame.Id));
                    one?.Add(_shownAt = bus.LoggedAt ?? Now, frame);
                }
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private async Task ShowAsync(LiveDisplayContext live, Task reading, CancellationToken stop)
    {
        while (!reading.IsCompleted && !stop.IsCancellationRequested)
        {
            live.UpdateTarget(Picture());
            await Task.Delay(Glance, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        live.UpdateTarget(Picture());
    }

    private Table Picture()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("id", "per second", "bytes", "frames");
        table.Title = new TableTitle(Markup.Escape(Described()));
        lock (_gate)
        {
            foreach (var one in _seen.Values.OrderBy(one => one.Id).Take(Math.Max(10, Console.WindowHeight - 8)))
                table.AddRow($"{one.Id}", PerSecond(one), Bytes(one), $"{one.Count}");
        }

        return table;
    }

    /// <summary>Bytes that ever changed in brackets.</summary>
    private void Print()
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var one in _seen.Values.OrderBy(one => one.Id))
            {
                text.Append(CultureInfo.InvariantCulture, $"{one.Id,8} {PerSecond(one),8}/s {one.Count,8} ");
                for (var i = 0; i < one.Last.Length; i++)
                    text.Append(HasChanged(one, i) ? $" [{one.Last[i]:X2}]" : $"  {one.Last[i]:X2} ");
                text.AppendLine();
            }
        }

        Console.Write(text);
        Console.WriteLine(Described());
    }

    private string Described()
    {
        _reading = _vehicle.Read(default) ?? _reading;
        if (_reading is not { } now) return "No signal of Vehicle:Can was seen.";
        string?[] parts =
        [
            now.SpeedKmh is { } kmh ? string.Create(CultureInfo.InvariantCulture, $"{kmh:0.#} km/h") : null,
            now.SteeringDegrees is { } wheel ? string.Create(CultureInfo.InvariantCulture, $"wheel {wheel:0} degrees") : null,
            now.IgnitionOn is { } ignition ? $"ignition {OnOff(ignition)}" : null,
            now.Indicator is { } indicator ? $"indicator {indicator.ToString().ToLowerInvariant()}" : null,
            now.WipersOn is { } wipers ? $"wipers {OnOff(wipers)}" : null,
            now.DoorOpen is { } door ? $"door {(door ? "open" : "shut")}" : null,
        ];
        var known = string.Join(", ", parts.OfType<string>());
        return $"Vehicle:Can reads: {(known.Length > 0 ? ShownText.Line(known) : "nothing that is known")}";
    }

    private static string OnOff(bool isOn) => isOn ? "on" : "off";

    private static string PerSecond(CanActivity one) => one.PerSecond?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static bool HasChanged(CanActivity one, int index) => (byte)(one.EverChanged >> (8 * index)) != 0;

    private string Bytes(CanActivity one)
    {
        var text = new StringBuilder();
        for (var i = 0; i < one.Last.Length; i++)
        {
            var style = one.ChangedOf(i, _shownAt, Marked) ? "black on yellow" : HasChanged(one, i) ? "yellow" : "grey";
            text.Append(CultureInfo.InvariantCulture, $"[{style}]{one.Last[i]:X2}[/] ");
        }

        return text.ToString();
    }
}
