using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Tests.Cli;

/// <summary>A demo that cannot fail proves nothing: each way of being wrong must be seen.</summary>
public sealed class DemoVerdictTests
{
    private static readonly PortraitScript Script = new(
        Seconds(20), new PortraitLine(Seconds(5), Seconds(4), PortraitMove.EyesShut, Expected: "sleep", Alert: AlertLevel.Alarm));

    private static readonly MonitorEvent Sleep = new MonitorEvent.Eyelids(
        Seconds(9), ClosureKind.Sleep, Seconds(5), Seconds(4), Aborted: false);
    private static readonly MonitorEvent Alarm = Alert(8, AlertLevel.Alarm);

    public static TheoryData<string, MonitorEvent[], bool> Drives =>
        new()
        {
            { "all as scripted", [Alarm, Sleep], true },
            { "nothing detected", [], false },
            { "detected, not warned of", [Sleep], false },
            { "warned of too mildly", [Alert(7, AlertLevel.Warning), Sleep], false },
            { "warned of after it was over", [Sleep, Alert(9.4, AlertLevel.Alarm)], false },
            {
                "called by a lesser name",
                [Alarm, new MonitorEvent.Eyelids(Seconds(9), ClosureKind.Microsleep, Seconds(5), Seconds(2), false)],
                false
            },
            { "a false alert elsewhere", [Alarm, Sleep, Alert(15, AlertLevel.Warning)], false },
            {
                "a false closure elsewhere",
                [Alarm, Sleep, new MonitorEvent.Eyelids(Seconds(15), ClosureKind.Blink, Seconds(14.8), Seconds(0.2), false)],
                false
            },
        };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_passes_only_as_scripted(string name, MonitorEvent[] happened, bool passes) =>
        Assert.True(DemoVerdict.Compare(Script, happened).All(row => row.Ok) == passes, name);

    private static MonitorEvent.Alert Alert(double at, AlertLevel level) =>
        new(Seconds(at), AlertPhase.Raised, AlertRule.EyesClosed, level, []);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
