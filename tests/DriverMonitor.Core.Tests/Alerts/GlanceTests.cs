using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using static DriverMonitor.Core.Alerts.GlanceState;

namespace DriverMonitor.Core.Tests.Alerts;

/// <summary>Everything that can be wrong at once, and the one thing that a display says.</summary>
public sealed class GlanceTests
{
    private const Sight Seen = Sight.Driver;

    public static TheoryData<string, StandingAlert, Sight, StatusKind[], bool, bool, GlanceState, AlertLevel> Rows =>
        new()
        {
            { "nothing is wrong", StandingAlert.None, Seen, [], true, true, AllWell, AlertLevel.None },
            { "a glance away from the camera is nothing yet", StandingAlert.None, Sight.NoFace, [], true, true, AllWell, AlertLevel.None },
            { "the strap is off", StandingAlert.None, Seen, [StatusKind.StrapOff], true, true, AllWell, AlertLevel.None },
            { "asleep", Alert(AlertRule.EyesClosed, AlertLevel.Alarm), Seen, [], true, true, WakeUp, AlertLevel.Alarm },
            { "asleep, and the camera goes", Alert(AlertRule.EyesClosed, AlertLevel.Emergency), Sight.NoFrame, [StatusKind.CameraLost], true, true, WakeUp, AlertLevel.Emergency },
            { "asleep without a buzzer", Alert(AlertRule.EyesClosed, AlertLevel.Warning), Seen, [StatusKind.BuzzerLost], true, true, WakeUp, AlertLevel.Warning },
            { "looks away", Alert(AlertRule.LongLookAway, AlertLevel.Alarm), Seen, [], true, true, EyesOnRoad, AlertLevel.Alarm },
            { "looks away often", Alert(AlertRule.ManyLookAways, AlertLevel.Warning), Seen, [], true, true, EyesOnRoad, AlertLevel.Warning },
            { "a phone", Alert(AlertRule.Phone, AlertLevel.Warning), Seen, [], true, true, EyesOnRoad, AlertLevel.Warning },
            { "very tired", Alert(AlertRule.Fatigue, AlertLevel.Alarm), Seen, [], true, true, TakeBreak, AlertLevel.Alarm },
            { "first signs", Alert(AlertRule.Fatigue, AlertLevel.Notice), Seen, [], true, true, Hint, AlertLevel.Notice },
            { "stressed", Alert(AlertRule.Stress, AlertLevel.Notice), Seen, [], true, true, Hint, AlertLevel.Notice },
            { "stressed, eyes unseen", Alert(AlertRule.Stress, AlertLevel.Notice), Seen, [StatusKind.EyesNotVisible], true, true, PoorView, AlertLevel.None },
            { "stressed, lens covered", Alert(AlertRule.Stress, AlertLevel.Notice), Seen, [StatusKind.CameraCovered], true, true, NobodyWatches, AlertLevel.None },
            { "lens covered", StandingAlert.None, Seen, [StatusKind.CameraCovered], true, true, NobodyWatches, AlertLevel.None },
            { "picture stands still", StandingAlert.None, Seen, [StatusKind.FrozenPicture], true, true, NobodyWatches, AlertLevel.None },
            { "camera lost", StandingAlert.None, Sight.NoFrame, [StatusKind.CameraLost], true, true, NobodyWatches, AlertLevel.None },
            { "no picture, not said yet", StandingAlert.None, Sight.NoFrame, [], true, true, NobodyWatches, AlertLevel.None },
            { "camera off", StandingAlert.None, Sight.Asleep, [], true, true, NobodyWatches, AlertLevel.None },
            { "camera asleep", StandingAlert.None, Seen, [StatusKind.CameraAsleep], true, true, NobodyWatches, AlertLevel.None },
            { "not agreed to", StandingAlert.None, Seen, [], false, true, NobodyWatches, AlertLevel.None },
            { "no camera from the start", StandingAlert.None, Sight.NoFrame, [StatusKind.CameraLost], true, false, NobodyWatches, AlertLevel.None },
            { "the first second", StandingAlert.None, Sight.NoFrame, [], true, false, Starting, AlertLevel.None },
            { "no buzzer from the start", StandingAlert.None, Sight.NoFrame, [StatusKind.BuzzerLost], true, false, NoBuzzer, AlertLevel.None },
            { "no buzzer, poor view", StandingAlert.None, Seen, [StatusKind.Dark, StatusKind.BuzzerLost], true, true, NoBuzzer, AlertLevel.None },
            { "no buzzer, and nobody watches", StandingAlert.None, Seen, [StatusKind.BuzzerLost, StatusKind.CameraCovered], true, true, NobodyWatches, AlertLevel.None },
            { "the driver is not found", StandingAlert.None, Sight.NoFace, [StatusKind.FaceLost], true, true, PoorView, AlertLevel.None },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void One_thing_is_said(
        string story, StandingAlert alert, Sight sight, StatusKind[] lacking, bool mayWatch, bool hasJudged, GlanceState state, AlertLevel level)
    {
        Assert.NotEmpty(story);
        Assert.Equal(new Glance(state, level), Glance.Of(alert, sight, lacking, mayWatch, hasJudged));
    }

    [Fact]
    public void A_warning_is_always_the_one_thing_whatever_else_fails()
    {
        var everything = Enum.GetValues<StatusKind>().Where(kind => StatusFacts.Of(kind).Lasts).ToArray();
        foreach (var row in AlertTable.Rows.Where(row => row.Level >= AlertLevel.Warning))
        {
            var glance = Glance.Of(new(row.Level, row.Rule), Sight.NoFrame, everything, mayWatch: false, hasJudged: false);
            Assert.Equal(row.Level, glance.Level);
        }
    }

    [Fact]
    public void Nothing_that_keeps_the_driver_from_being_warned_is_called_well()
    {
        foreach (var kind in Enum.GetValues<StatusKind>().Where(kind => StatusFacts.Of(kind) is { Lasts: true, Part: StatusPart.Camera or StatusPart.Buzzer }))
            Assert.NotEqual(AllWell, Glance.Of(StandingAlert.None, Sight.Driver, [kind], mayWatch: true, hasJudged: true).State);
    }

    private static StandingAlert Alert(AlertRule rule, AlertLevel level) => new(level, rule);
}
