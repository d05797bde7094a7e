using System.Globalization;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using Spectre.Console;

namespace DriverMonitor.Cli;

/// <summary>A strap's pulse as somebody wants to see it: live in a terminal, or a line a packet.</summary>
internal sealed class HeartScreen(BluezStrap strap, TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100), Second = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private readonly HeartRateAnalyzer _watch = new(new());
    private HeartPacket _newest;
    private TimeSpan _figuresAt;
    private HeartFeatures _figures;

    private long Packets { get; set; }

    /// <summary>Shows until it is stopped or the time is over; the exit code says whether a pulse came.</summary>
    public static async Task<int> WatchAsync(
        BluetoothSettings settings, int? seconds, bool plain, TimeProvider time, CancellationToken stop)
    {
        using var strap = BluezStrap.Open(settings, null, time);
        using var over = new CancellationTokenSource(seconds is { } s ? TimeSpan.FromSeconds(s) : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        var screen = new HeartScreen(strap, time);
        try
        {
            if (plain || Console.IsOutputRedirected) await screen.PrintAsync(either.Token);
            else await AnsiConsole.Live(screen.Picture()).StartAsync(live => screen.ShowAsync(live, either.Token));
        }
        catch (OperationCanceledException)
        {
            // seen enough
        }

        return screen.Packets > 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    /// <summary>Waits for a pulse and tells what is in its way meanwhile, each thing once.</summary>
    public static async Task<bool> WaitForPulseAsync(
        BluezStrap strap, TimeSpan patience, Action<string> tell, TimeProvider time, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var said = "";
        while (time.GetElapsedTime(started) < patience)
        {
            // A packet or two later battery and place are known as well.
            if (
                strap.TryRead(TimeSpan.Zero, out _, out var packet)
                && packet is { Malformed: false }
                && strap.Status.State == StrapState.Listening)
            {
                await Task.Delay(Second, time, stop);
                return true;
            }

            if (
                strap.Status is { State: not StrapState.Listening } status
                && BluezStrap.Describe(status) is var words
                && words != said)
                tell(said = words);
            await Task.Delay(Glance, time, stop);
        }

        return false;
    }

    public static string Describe(StrapStatus status) => string.Join(", ", new[]
    {
        $"{status.Name} ({status.Address})",
        status.Battery is { } percent ? $"battery {percent} %" : null,
        status.Location is { } place ? $"worn at: {place}" : null,
    }.OfType<string>());

    private async Task PrintAsync(CancellationToken stop)
    {
        var said = "";
        while (true)
        {
            while (Read(out var at, out var packet)) Console.WriteLine(Line(at, packet));
            var words = strap.Status.State == StrapState.Listening ? "" : BluezStrap.Describe(strap.Status);
            if (words != said && words.Length > 0) await Console.Error.WriteLineAsync(words);
            said = words;
            await Task.Delay(Glance, time, stop);
        }
    }

    private string Line(TimeSpan at, in HeartPacket packet) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"at={at.TotalSeconds:0.000} bpm={packet.BeatsPerMinute} contact={packet.Contact} rr={Intervals(packet)} flaws={(packet.Malformed ? "Malformed" : packet.Flaws)} battery={strap.Status.Battery}"
        );

    private static string Intervals(in HeartPacket packet) =>
        packet.RrMs.IsDefaultOrEmpty
            ? ""
            : string.Join(',', packet.RrMs.Select(ms => ms.ToString("0.0", CultureInfo.InvariantCulture)));

    private async Task ShowAsync(LiveDisplayContext live, CancellationToken stop)
    {
        while (true)
        {
            while (Read(out _, out var packet)) _newest = packet;
            live.UpdateTarget(Picture());
            await Task.Delay(Glance, time, stop);
        }
    }

    private bool Read(out TimeSpan at, out HeartPacket packet)
    {
        var now = time.GetElapsedTime(_started);
        var read = strap.TryRead(now, out at, out packet);
        if (read)
        {
            Packets++;
            _watch.Add(at, packet);
        }

        if (now - _figuresAt < Second) return read;
        (_figuresAt, _figures) = (now, _watch.Step(now));
        return read;
    }

    private Panel Picture()
    {
        var status = strap.Status;
        var hears = status.State == StrapState.Listening;
        var grid = new Grid().AddColumns(2);
        grid.AddRow(
            "pulse", hears && _newest.BeatsPerMinute is { } bpm ? $"[bold red]♥ {bpm}[/] beats a minute" : "[grey]none[/]");
        grid.AddRow("intervals", $"{Intervals(_newest)} ms");
        grid.AddRow(
            "RMSSD",
            _figures is { Usable: true, RmssdMs: { } rmssd }
                ? string.Create(CultureInfo.InvariantCulture, $"{rmssd:0.0} ms over {_figures.WindowSeconds} s")
                : $"[grey]not yet: {_figures.Reason}[/]");
        grid.AddRow(
            "skin contact",
            _newest.Contact switch
            {
                StrapContact.Detected => "yes",
                StrapContact.NotDetected => "[yellow]no[/]",
                _ => "[grey]not told[/]",
            }
        );
        grid.AddRow("battery", status.Battery is { } percent ? $"{percent} %" : "[grey]not told[/]");
        grid.AddRow("packets", $"{Packets}");
        grid.AddRow("", hears ? "" : $"[yellow]{Markup.Escape(BluezStrap.Describe(status))}[/]");
        return new Panel(grid).Header(Markup.Escape(status.Name ?? "strap"));
    }
}
