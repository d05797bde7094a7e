using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>What the retained state says of the camera and the strap: never better than it is.</summary>
public sealed class VehicleStateTests
{
    // Statuses as they come (+name for a recovery, [..] for what may be used), picture and beat for what was observed;
    // then what the state says of the camera and of the strap.
    public static TheoryData<string, string, string> Stories => new()
    {
        { "nothing came yet", "", "unknown unknown" },
        { "both work", "picture beat", "ok ok" },
        { "a recovery mends its own part", "picture camera_covered +camera_covered", "ok unknown" },
        { "a strap's recovery is the strap's", "picture beat camera_lost heart_lost +heart_lost", "lost ok" },
        { "a buzzer's recovery uncovers no lens", "picture camera_covered +buzzer_lost", "covered unknown" },
        { "nor does a steady pulse", "picture beat frozen_picture irregular_rhythm +irregular_rhythm", "frozen ok" },
        { "nor an honest speed", "picture camera_lost +speed_doubtful", "lost unknown" },
        { "nor a face that is back", "picture dark face_lost +face_lost", "poor unknown" },
        { "nor a name that nobody uses", "picture camera_covered +no_such_part", "covered unknown" },
        { "a recovery tells of no part that never worked", "+buzzer_lost", "unknown unknown" },
        { "two faults, one recovery", "picture camera_covered low_frame_rate +low_frame_rate", "covered unknown" },
        { "the worse of two is said", "picture camera_covered low_frame_rate", "covered unknown" },
        { "and then what is left", "picture low_frame_rate camera_covered +camera_covered", "poor unknown" },
        { "a strap that is off and lost", "beat strap_off heart_lost +heart_lost", "unknown off" },
        { "a view that is poor stays poor", "picture camera_view_poor dark +dark", "poor unknown" },
        { "a gap is over with the next picture", "picture stream_interrupted picture", "ok unknown" },
        { "a gap while covered is not", "picture camera_covered stream_interrupted picture", "covered unknown" },
        { "no picture mends a lost camera by itself", "picture camera_lost picture", "lost unknown" },
        { "a withdrawn camera comes back by no recovery", "picture beat [heart] +buzzer_lost +camera_lost", "disabled ok" },
        { "a withdrawn strap comes back by no recovery", "picture beat heart_lost [camera] +heart_lost", "ok disabled" },
        { "withdrawn and granted again", "picture [heart] [camera,heart]", "unknown unknown" },
        { "withdrawn and granted again while covered", "picture camera_covered [heart] [camera,heart]", "covered unknown" },
        { "granted again and seen", "picture [heart] [camera,heart] picture beat", "ok ok" },
        { "asleep on purpose", "picture camera_lost camera_asleep", "asleep unknown" },
        { "awake, and still lost", "picture camera_lost camera_asleep +camera_asleep", "lost unknown" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Says_of_each_sense_only_what_is_known_of_it(string story, string happened, string expected)
    {
        var state = new VehicleState();
        foreach (var one in happened.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Happen(state, one);
        Assert.Equal($"{story}: {expected}", $"{story}: {state.Senses.Camera} {state.Senses.Heart}");
    }

    private static void Happen(VehicleState state, string one)
    {
        var strap = new HeartPacket("strap", 70, StrapContact.Detected, []);
        if (one == "picture") state.Handle(new Observation(default, FaceReading.NoFace), default);
        else if (one == "beat") state.Handle(new Observation(default, Heart: strap), default);
        else if (one[0] == '+') state.Handle(new MonitorEvent.Status(default, StatusKind.Recovered, one[1..]));
        else if (one[0] == '[') state.Handle(new MonitorEvent.Status(default, StatusKind.ModalitiesChanged, one.Trim('[', ']')));
        else state.Handle(new MonitorEvent.Status(default, StatusFacts.Named(one)!.Kind));
    }
}
