using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Monitoring;
using DriverMonitor.Voice;
using DriverMonitor.Web;

namespace DriverMonitor.Tests.Web;

/// <summary>No status that lasts is forgotten by the page: its part is not well for as long.</summary>
public sealed class StatusPartsTests
{
    private readonly PageSink _sink = new();

    public static TheoryData<StatusKind> Faults =>
        [
            .. StatusFacts
                .All.Where(fact => fact.Lasts && fact.Kind != StatusKind.CameraAsleep && fact.Part is not (StatusPart.Speed or StatusPart.None))
                .Select(fact => fact.Kind),
        ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void The_part_that_a_status_speaks_of_is_not_well_until_it_has_recovered(StatusKind kind)
    {
        var fact = StatusFacts.Of(kind);
        Happens(kind);
        var part = Assert.Single(Parts(), part => part.State == fact.Name);
        Assert.Equal((fact.Part.ToString().ToLowerInvariant(), false), (part.Name, part.Ok));

        Happens(StatusKind.Recovered, fact.Name);
        Assert.DoesNotContain(Parts(), part => part.State == fact.Name);
    }

    [Theory]
    [InlineData("face_lost, dark, camera_covered", "camera_covered")]
    [InlineData("eyes_not_visible, low_frame_rate", "low_frame_rate")]
    [InlineData("ambiguous_driver, pose_uncertain", "pose_uncertain")]
    public void Of_several_faults_of_the_camera_the_one_that_explains_the_others_is_shown(string names, string shown)
    {
        foreach (var name in names.Split(", ")) Happens(StatusFacts.Named(name)!.Kind);
        Assert.Equal(shown, Assert.Single(Parts(), part => part.Name == "camera").State);
    }

    private List<PagePart> Parts() =>
    [
        .. PageParts.OfSenses(_sink, trouble => PageParts.Heart(isUsed: true, trouble)),
        PageParts.Microphone(MicrophoneStatus.Listening, _sink.Lacking)!,
    ];

    private void Happens(StatusKind kind, string? detail = null) => _sink.Emit(
        new Observation(TimeSpan.Zero),
        new Outcome(TimeSpan.Zero, default, StandingAlert.None, [new MonitorEvent.Status(TimeSpan.Zero, kind, detail)]));
}
