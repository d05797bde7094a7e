using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class RoadStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "a mirror check is not worth a line", "10s open; 0.4s yaw 40; 5s open", "" },
        { "a glance at the other side", "10s open; 1.5s yaw -40; 5s open", "11.7 look_away 1.5" },
        { "speed unknown is fast: 3 s", "10s open; 7s yaw 40; 5s open", "13.0 raised long_look_away 2, 14.5 escalated long_look_away 3, 16.0 escalated long_look_away 4, 17.2 look_away 7.0, 19.2 cleared long_look_away 4" },
        { "by the gaze alone, whose road is hardly known: one rung lower", "10s gaze 0 0; 7s gaze 25 0; 5s gaze 0 0", "13.0 raised long_look_away 2, 16.0 escalated long_look_away 3, 17.0 escalated long_look_away 4, 17.2 look_away 7.0, 19.2 cleared long_look_away 4" },
        { "by the gaze once its road is known", "40s gaze 0 0; 7s gaze 25 0; 5s gaze 0 0", "43.0 raised long_look_away 2, 44.5 escalated long_look_away 3, 46.0 escalated long_look_away 4, 47.2 look_away 7.0, 49.2 cleared long_look_away 4" },
        { "at 80 km/h the same", "10s open speed 80; 3.5s yaw 40; 5s open", "13.0 raised long_look_away 2, 13.7 look_away 3.5, 15.7 cleared long_look_away 2" },
        { "at 40 km/h 6 s", "10s open speed 40; 7s yaw 40; 5s open", "16.0 raised long_look_away 2, 17.2 look_away 7.0, 19.2 cleared long_look_away 2" },
        { "at 10 km/h nobody is told where to look", "10s open speed 10; 12s yaw 40; 5s open", "22.2 look_away 12.0" },
        { "standing still, timers rest", "10s open speed 0; 12s yaw 40; 5s open", "22.2 look_away 12.0" },
        { "phone at the ear, seen by a detector", "20s open phone 0.1 speed 50; 4s open phone 0.9; 5s open phone 0.1", "23.0 raised phone 2, 27.0 cleared phone 2" },
        { "the hand covers it for a moment", "20s open phone 0 speed 50; 1.5s open phone 0.9; 0.8s open phone 0.1; 1.5s open phone 0.5; 5s open phone 0", "23.0 raised phone 2, 26.8 cleared phone 2" },
        { "a phone seen for two seconds", "20s open phone 0 speed 50; 2.7s open phone 0.9; 5s open phone 0", "" },
        { "something like a phone", "20s open phone 0 speed 50; 9s open phone 0.6; 5s open phone 0", "" },
        { "a phone at 10 km/h", "20s open phone 0 speed 10; 9s open phone 0.9; 5s open phone 0", "" },
        { "a phone in a parked vehicle", "20s open phone 0 speed 0; 20s open phone 0.9", "" },
        { "nobody looks for phones", "20s open speed 50; 9s open", "" },
        { "phone in the lap: head down", "20s open; 4s pitch -30; 5s open", "23.0 raised long_look_away 2, 24.2 look_away 4.0, 26.2 cleared long_look_away 2" },
        { "phone in the lap: only the eyes", "20s gaze 0 0; 4s gaze 0 -25; 5s gaze 0 0", "23.0 raised long_look_away 2, 24.2 look_away 4.0, 26.2 cleared long_look_away 2" },
        { "a turned head with eyes on the road", "20s gaze 0 0; 5s yaw 30 gaze 3 0; 5s gaze 0 0", "" },
        { "blinks do not break a glance", "20s gaze 0 0; 1.6s gaze 30 0; 0.15s gaze 0 0 shut; 1.6s gaze 30 0; 5s gaze 0 0", "21.7 blink 0.2, 23.0 raised long_look_away 2, 23.5 look_away 3.4, 25.5 cleared long_look_away 2" },
        { "many small glances", "10s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2s yaw 40; 6s open", "12.2 look_away 2.0, 15.2 look_away 2.0, 18.2 look_away 2.0, 21.2 look_away 2.0, 24.0 raised many_look_aways 2, 24.2 look_away 2.0, 28.0 cleared many_look_aways 2" },
        { "two seconds on the road forget them", "10s open; 2s yaw 40; 2.1s open; 2s yaw 40; 2.1s open; 2s yaw 40; 2.1s open; 2s yaw 40; 2.1s open; 2s yaw 40; 2.1s open; 2s yaw 40; 6s open", "12.2 look_away 2.0, 16.3 look_away 2.0, 20.4 look_away 2.0, 24.5 look_away 2.0, 28.6 look_away 2.0, 32.7 look_away 2.0" },
        { "a camera at the side learns where the road is", "30s yaw 35; 4s yaw 75; 6s yaw 35", "33.0 raised long_look_away 2, 34.2 look_away 4.0, 36.2 cleared long_look_away 2" },
        { "turned away until the face is lost", "10s open; 1s yaw 60; 6s noface; 5s open", "13.0 raised long_look_away 2, 14.5 escalated long_look_away 3, 16.0 escalated long_look_away 4, 17.2 look_away 7.0, 19.2 cleared long_look_away 4" },
        { "face lost while looking ahead is no look-away", "10s open; 8s noface; 5s open", "" },
        { "eyes lead the head in the first second", "0.2s gaze 0 8; 0.3s yaw 10 gaze 35 6; 3.3s yaw 44 gaze 55 17; 3s gaze 0 8", "3.5 raised long_look_away 2, 4.0 look_away 3.3, 6.0 cleared long_look_away 2" },
        { "a camera at the side, gaze and all", "30s yaw 18 gaze 20 6; 3.5s yaw 40 gaze 55 6; 3s yaw 18 gaze 20 6", "33.0 raised long_look_away 2, 33.7 look_away 3.5, 35.7 cleared long_look_away 2" },
        { "a gaze that is hardly known may wander", "10s gaze 0 0; 4s gaze 19 0; 5s gaze 0 0", "" },
        { "and no longer once it is known", "40s gaze 0 0; 4s gaze 19 0; 5s gaze 0 0", "43.0 raised long_look_away 2, 44.2 look_away 4.0, 46.2 cleared long_look_away 2" },
        { "eyes go up with a yawn", "40s gaze 0 0; 0.5s mouth 0>0.6 gaze 0 0; 4s mouth 0.6 gaze 0 28; 5s gaze 0 0", "44.5 yawn 4.2" },
        { "a yawn does not hide a turned head", "40s gaze 0 0; 5s mouth 0.6 yaw 40 gaze 50 0; 5s gaze 0 0", "43.0 raised long_look_away 2, 44.5 escalated long_look_away 3, 45.0 yawn 5.0, 45.2 look_away 5.0, 47.2 cleared long_look_away 3" },
        { "round a long bend to the right", "20s open speed 60; 6s yaw 30 steer 90; 5s open", "" },
        { "into the bend, not out of it", "20s open speed 60; 3.5s yaw -30 steer 90; 5s open", "23.0 raised long_look_away 2, 23.7 look_away 3.5, 25.7 cleared long_look_away 2" },
        { "a bend is no excuse for the side window", "20s open speed 60; 3.5s yaw 50 steer 400; 5s open", "23.0 raised long_look_away 2, 23.7 look_away 3.5, 25.7 cleared long_look_away 2" },
        { "a hair of steering widens nothing", "20s open speed 60; 3.5s yaw 26 steer 29; 5s open", "23.0 raised long_look_away 2, 23.7 look_away 3.5, 25.7 cleared long_look_away 2" },
        { "eyes lead into a bend to the left", "20s gaze 0 0 speed 60; 5s yaw -15 gaze -28 0 steer -120; 5s gaze 0 0", "" },
        { "many looks at the mirror before a lane change", "10s open speed 80; 2s yaw 40 indicate right; 1s open indicate right; 2s yaw 40 indicate right; 1s open indicate right; 2s yaw 40 indicate right; 1s open indicate right; 2s yaw 40 indicate right; 1s open indicate right; 2s yaw 40 indicate right; 6s open", "12.2 look_away 2.0, 15.2 look_away 2.0, 18.2 look_away 2.0, 21.2 look_away 2.0, 24.2 look_away 2.0" },
        { "the indicator of the other side excuses none of them", "10s open speed 80; 2s yaw 40 indicate left; 1s open indicate left; 2s yaw 40 indicate left; 1s open indicate left; 2s yaw 40 indicate left; 1s open indicate left; 2s yaw 40 indicate left; 1s open indicate left; 2s yaw 40 indicate left; 6s open", "12.2 look_away 2.0, 15.2 look_away 2.0, 18.2 look_away 2.0, 21.2 look_away 2.0, 24.0 raised many_look_aways 2, 24.2 look_away 2.0, 28.0 cleared many_look_aways 2" },
        { "the lap is no mirror", "10s open speed 80; 2s pitch -30 yaw 15 indicate right; 1s open indicate right; 2s pitch -30 yaw 15 indicate right; 1s open indicate right; 2s pitch -30 yaw 15 indicate right; 1s open indicate right; 2s pitch -30 yaw 15 indicate right; 1s open indicate right; 2s pitch -30 yaw 15 indicate right; 6s open", "12.2 look_away 2.0, 15.2 look_away 2.0, 18.2 look_away 2.0, 21.2 look_away 2.0, 24.0 raised many_look_aways 2, 24.2 look_away 2.0, 28.0 cleared many_look_aways 2" },
        { "an indicator does not excuse a long look", "10s open speed 80; 3.5s yaw 40 indicate right; 5s open", "13.0 raised long_look_away 2, 13.7 look_away 3.5, 15.7 cleared long_look_away 2" },
        { "a glance in the first second becomes no road", "0.5s open; 3.3s yaw 40; 3s open", "3.5 raised long_look_away 2, 4.0 look_away 3.3, 6.0 cleared long_look_away 2" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));
}
