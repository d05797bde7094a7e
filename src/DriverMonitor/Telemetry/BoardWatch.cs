using System.Globalization;
using DriverMonitor.Hosting;

namespace DriverMonitor.Telemetry;

/// <summary>Says once that the board's voltage is low or its processor slowed down, and once that it is over.</summary>
internal sealed class BoardWatch(BoardHealth board, DeviceStates devices, TimeProvider time)
{
    /// <summary>Reading a dozen of the kernel's files takes a millisecond.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>What comes and goes with every gust of a fan is one fault.</summary>
    private static readonly TimeSpan CalmFor = TimeSpan.FromMinutes(1);

    private readonly long _start = time.GetTimestamp();
    private Fault _voltage, _heat;

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        do Step();
        while (await timer.WaitForNextTickAsync(stop));
    }

    private void Step()
    {
        var (isVoltageLow, isSlowed, celsius) = board.Read();
        var warm = celsius is { } known ? string.Create(CultureInfo.InvariantCulture, $" at {known:F0} °C") : "";
        Follow(
            ref _voltage, isVoltageLow, "voltage",
            "the board's supply is too weak; take one, and a cable, for its current, or the board may stop without a word",
            "the board's supply is strong enough again");
        Follow(
            ref _heat, isSlowed, "heat",
            $"the processor is slowed down{warm}, and pictures may be missed; give the board air or a heat sink",
            $"the processor runs at full speed again{warm}");
    }

    /// <summary>A board that was never in trouble is no device anybody must hear of.</summary>
    private void Follow(ref Fault fault, bool? isNow, string name, string trouble, string over)
    {
        var at = time.GetElapsedTime(_start);
        if (isNow == true)
        {
            if (!fault.Stands) devices.Of(name).ReportTrouble(trouble);
            fault = new(true, at);
        }
        else if (fault.Stands && at - fault.SeenAt >= CalmFor)
        {
            devices.Of(name).ReportWell(over);
            fault = default;
        }
    }

    private readonly record struct Fault(bool Stands, TimeSpan SeenAt);
}
