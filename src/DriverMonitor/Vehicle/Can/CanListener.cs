using DriverMonitor.Core.Can;
using DriverMonitor.Files;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle.Can;

/// <summary>
/// Reads the bus on a thread of its own and gives its frames on; a bus that is unplugged, silent or back stops nobody.
/// </summary>
/// <param name="open">Opens the bus.</param>
/// <param name="trouble">Why nothing comes from it, as far as the kernel knows.</param>
/// <param name="passed">How many frames came over it, read or not; null where nobody counts.</param>
internal sealed class CanListener(
    CanSettings settings, Func<CancellationToken, ICanBus> open, Func<string?> trouble, Func<long?> passed, CanVehicle vehicle,
    DeviceReport device, TimeProvider time)
{
    /// <summary>An adapter takes about so long from the plug to its interface.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A bus that is awake is never silent for so long.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>By which the kernel's tools show what reading costs.</summary>
    private const string ThreadName = "can-bus";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long _heardAt;
    private bool _isLost = true;
    private long _answeredAt;

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var reason = await ListenAsync(stop);
            if (stop.IsCancellationRequested) return;
            device.ReportLost($"{settings.Place}: {reason}");
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One opening of the bus, to its end; the reason of the end, in words.</summary>
    private async Task<string> ListenAsync(CancellationToken stop)
    {
        ICanBus bus;
        try
        {
            bus = open(stop);
        }
        catch (Exception e) when (e is IOException or InputException)
        {
            return trouble() ?? Words(e);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        (_isLost, _heardAt) = (true, time.GetTimestamp());
        var reading = DedicatedThread.RunAsync(ended => ReadAll(bus, ended), ending.Token);
        var silence = WatchSilenceAsync(ending.Token);
        var asking = AskAsync(bus, ending.Token);
        await Task.WhenAny(reading, silence, asking);
        await ending.CancelAsync();
        // The thread itself may wait for a frame until the process ends: it closes the bus.
        return Fault(reading) ?? Fault(asking) ?? Fault(silence) ?? "it ended";
    }

    private void ReadAll(ICanBus bus, CancellationToken ended)
    {
        Thread.CurrentThread.Name = ThreadName;
        var guard = new FloodGuard();
        var start = time.GetTimestamp();
        using (bus)
        {
            while (!ended.IsCancellationRequested && bus.TryRead(out var frame) && !ended.IsCancellationRequested)
            {
                vehicle.Handle(frame);
                var now = time.GetTimestamp();
                Volatile.Write(ref _heardAt, now);
                if (settings.ObdRequests && ObdFrames.Read(frame) is not null) Volatile.Write(ref _answeredAt, now);
                if (Volatile.Read(ref _isLost)) ReportFound();
                var pause = guard.Step(time.GetElapsedTime(start, now));
                if (pause > TimeSpan.Zero) ended.WaitHandle.WaitOne(pause);
            }
        }
    }

    private void ReportFound()
    {
        lock (_gate)
        {
            _isLost = false;
            device.ReportWell($"frames come from {settings.Place}{(settings.ObdRequests ? "" : "; nothing is sent")}");
        }
    }

    private async Task WatchSilenceAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var before = passed();
        while (await timer.WaitForNextTickAsync(stop))
        {
            var now = passed();
            lock (_gate)
            {
                if (time.GetElapsedTime(Volatile.Read(ref _heardAt)) >= Silence)
                {
                    _isLost = true;
                    device.ReportLost(trouble() ?? (now > before ? Useless : $"{settings.Place} is silent, as of a vehicle that sleeps"));
                }
            }

            before = now;
        }
    }

    /// <summary>What comes is not what is waited for.</summary>
    private string Useless => settings.Signals.Count > 0
        ? $"frames come from {settings.Place}, and none with a signal of Vehicle:Can; find them with 'drivermonitor can watch'"
        : $"frames come from {settings.Place}, and no engine answers; is the ignition on?";

    private Task AskAsync(ICanBus bus, CancellationToken stop) => !settings.ObdRequests
        ? Task.Delay(Timeout.InfiniteTimeSpan, time, stop)
        : Task.Run(() => new ObdRequester(bus, IsAnswered, time).RunAsync(stop), stop);

    private bool IsAnswered() => time.GetElapsedTime(Volatile.Read(ref _answeredAt)) < ObdRequester.Often * 4;

    private string? Fault(Task task) =>
        task.Exception?.InnerException is { } e ? e is IOException or InputException ? trouble() ?? Words(e) : throw e : null;

    private static string Words(Exception e) => ShownText.Excerpt(e.Message.ReplaceLineEndings(" ").TrimEnd('.'));
}
