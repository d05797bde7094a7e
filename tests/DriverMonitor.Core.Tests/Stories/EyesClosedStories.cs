using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class EyesClosedStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "attentive driver hears nothing", "60s open", "" },
        { "eyes shut from the first picture", "7s shut; 4s open", "1.5 raised eyes_closed 2, 3.0 escalated eyes_closed 3, 6.0 escalated eyes_closed 4, 7.0 unresponsive 7.0, 9.0 cleared eyes_closed 4" },
        { "shut while moving climbs to the call-out", "10s open; 7s shut; 4s open", "11.5 raised eyes_closed 2, 13.0 escalated eyes_closed 3, 16.0 escalated eyes_closed 4, 17.0 unresponsive 7.0, 19.0 cleared eyes_closed 4" },
        { "opened at 2.2 s: one microsleep, no sleep", "10s open; 2.2s shut; 4s open", "11.5 raised eyes_closed 2, 12.2 microsleep 2.2, 14.2 cleared eyes_closed 2" },
        { "shut eyes on what is hardly a face", "10s open; 4s shut presence 0.6; 4s open", "" },
        { "shut eyes on both of two faces", "10s open; 4s shut ambiguous; 4s open", "11.5 raised eyes_closed 2, 12.5 ambiguous_driver, 13.0 escalated eyes_closed 3, 14.0 recovered ambiguous_driver, 16.0 cleared eyes_closed 3" },
        { "a blink is a blink", "10s open; 0.15s shut; 4s open", "10.1 blink 0.2" },
        { "a long blink only counts", "10s open; 0.6s shut; 4s open", "10.6 long_blink 0.6" },
        { "face lost while shut is held shut", "10s open; 1.2s shut; 5s noface", "11.5 raised eyes_closed 2, 13.0 escalated eyes_closed 3, 14.2 sleep (aborted) 4.2" },
        { "held shut longer when the head was falling", "10s open; 1s shut; 0.5s shut pitch 0>-19; 8s noface", "11.5 raised eyes_closed 2, 13.0 escalated eyes_closed 3, 16.0 escalated eyes_closed 4, 17.5 unresponsive (aborted) 7.5" },
        { "face lost while open is no closure", "10s open; 14s noface; 3s open", "20.0 face_lost, 24.0 recovered face_lost" },
        { "relapse inside the calm is the same alert", "10s open; 2s shut; 1s open; 2s shut; 4s open", "11.5 raised eyes_closed 2, 12.0 microsleep 2.0, 15.0 microsleep 2.0, 17.0 cleared eyes_closed 2" },
        { "flutter does not end a closure", "10s open; 1s shut; 0.3s lids 0.4; 1s shut; 4s open", "11.8 raised eyes_closed 2, 12.3 microsleep 2.0, 14.3 cleared eyes_closed 2" },
        { "parked and asleep", "10s open speed 0; 60s shut; 3s open", "70.0 unresponsive 60.0" },
        { "parked, then off with eyes shut", "10s open speed 0; 10s shut; 3s shut speed 30; 4s open", "21.5 raised eyes_closed 2, 23.0 unresponsive 13.0, 25.0 cleared eyes_closed 2" },
        { "looking down is no closure", "10s open; 2s shut pitch -30; 4s open", "12.2 look_away 2.0" },
        { "a glance at the dashboard lowers the lids", "20s gaze 0 0; 1.5s gaze 0 -25 lids 0.1; 5s gaze 0 0", "21.7 look_away 1.5" },
        { "asleep, then the head falls", "10s open; 1.5s shut; 3s shut pitch -30; 4s open", "11.5 raised eyes_closed 2, 13.0 escalated eyes_closed 3, 14.5 sleep 4.5, 14.5 raised long_look_away 2, 14.7 look_away 3.0, 16.5 cleared eyes_closed 3, 16.7 cleared long_look_away 2" },
        { "a glint on the one half-seen eye is no closure", "20s open; 4s shut eyes 0.6 0.1; 5s open", "" },
        { "half-seen eyes that disagree are no closure", "20s open; 4s lid 0 1 eyes 0.65 0.51; 5s open", "" },
        { "half-seen eyes that agree are", "20s open; 2s shut eyes 0.6 0.6; 5s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "one eye surely seen is enough", "20s open; 2s shut eyes 0.8 0.1; 5s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "shut, then half hidden: held shut", "20s open; 1s shut; 2.5s shut eyes 0.6 0.1; 5s open", "21.5 raised eyes_closed 2, 23.0 escalated eyes_closed 3, 23.5 sleep (aborted) 3.5, 25.5 cleared eyes_closed 3" },
        { "drooping lids are no closure", "30s open; 20s lids 0.45; 5s open", "" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));
}
