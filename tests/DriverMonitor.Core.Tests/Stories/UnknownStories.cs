using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// What cannot be seen is neither calm nor danger: an alert that stands does not end because its cause is out of sight.
/// </summary>
public class UnknownStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "advice to one who is no longer seen", "240s blinking speed 80; 4s shut; 30s blinking; 600s noface", "241.5 raised eyes_closed 2, 243.0 escalated eyes_closed 3, 244.0 sleep 4.0, 246.0 cleared eyes_closed 3, 248.0 raised fatigue 3, 284.0 face_lost, 704.0 cleared fatigue 3" },
        { "looked back, then the pose is lost", "20s open; 4s yaw 40; 0.4s open; 6s nopose; 5s open", "23.0 raised long_look_away 2, 24.2 look_away 4.0, 32.2 cleared long_look_away 2" },
        { "opened the eyes, then puts sunglasses on", "20s open; 2s shut; 0.4s open; 6s sunglasses; 5s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 30.0 cleared eyes_closed 2" },
        { "opened the eyes, and half a minute of sunglasses", "20s open; 2s shut; 0.4s open; 40s sunglasses; 5s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 32.4 eyes_not_visible, 52.4 cleared eyes_closed 2, 62.4 recovered eyes_not_visible" },
        { "eyes shut again, for a second at a time", "20s open; 2s shut; 1s open; 1s shut; 1s open; 1s shut; 1s open; 1s shut; 5s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 long_blink 1.0, 24.6 cleared eyes_closed 2, 26.0 long_blink 1.0, 28.0 long_blink 1.0" },
        { "many glances, then the pose is lost", "20s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2.4s yaw 40; 0.4s open; 5s nopose; 5s open", "22.2 look_away 2.0, 25.2 look_away 2.0, 28.2 look_away 2.0, 31.2 look_away 2.0, 34.0 raised many_look_aways 2, 34.6 look_away 2.4, 43.8 cleared many_look_aways 2" },
        { "a phone, and then nobody looks for one", "20s open phone 0 speed 50; 4s open phone 0.9; 5s open; 5s open phone 0", "23.0 raised phone 2, 31.0 cleared phone 2" },
        { "a phone at a speed that nobody knows", "20s open phone 0; 4s open phone 0.9; 5s open phone 0", "23.0 raised phone 2, 27.0 cleared phone 2" },
        { "a hole in the pictures after an alert", "20s open; 2s shut; 0.4s open; 1.9s silence; 5s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 25.5 cleared eyes_closed 2" },
        { "hole after hole", "20s open; 2s shut; 0.1s open; 1.4s silence; 0.1s open; 1.4s silence; 0.1s open; 1.4s silence; 5s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 26.9 cleared eyes_closed 2" },
        { "a turned head with half-shut lids, whatever the gaze says", "20s gaze 0 0; 4s yaw 40 gaze 0 0 lids 0.4; 5s gaze 0 0", "23.0 raised long_look_away 2, 24.2 look_away 4.0, 26.2 cleared long_look_away 2" },
        { "a gaze read off half-shut lids teaches nothing", "20s gaze 0 0; 60s lids 0.4 gaze 30 0; 10s gaze 0 0", "" },
        { "shut first, then down, and lids hardly open", "10s open; 1s shut; 9s lids 0.2 pitch -30; 3s open", "11.5 raised eyes_closed 2, 13.0 escalated eyes_closed 3, 14.0 raised long_look_away 2, 15.5 escalated long_look_away 3, 16.0 escalated eyes_closed 4, 17.0 unresponsive (aborted) 7.0, 17.0 escalated long_look_away 4, 19.0 cleared eyes_closed 4, 20.2 look_away 9.0, 22.2 cleared long_look_away 4" },
        { "a gaze that is hardly seen gives way to the head", "20s gaze 0 0; 5s gaze 40 0 unsure; 5s gaze 0 0", "" },
        { "shut eyes between two glances are no look at the road", "20s open; 2.2s yaw 40; 2.2s shut; 2.2s yaw 40; 2.2s shut; 2.2s yaw 40; 2.2s shut; 2.2s yaw 40; 2.2s shut; 2.2s yaw 40; 6s open", "22.6 look_away 2.2, 23.7 raised eyes_closed 2, 24.4 microsleep 2.2, 26.4 cleared eyes_closed 2, 27.0 look_away 2.2, 28.1 raised eyes_closed 2, 28.8 microsleep 2.2, 30.8 cleared eyes_closed 2, 31.4 look_away 2.2, 32.5 raised eyes_closed 2, 33.2 microsleep 2.2, 35.2 cleared eyes_closed 2, 35.4 raised many_look_aways 2, 35.8 look_away 2.2, 36.9 raised eyes_closed 2, 37.6 microsleep 2.2, 39.6 cleared eyes_closed 2, 40.0 look_away 2.2, 43.8 cleared many_look_aways 2" },
        { "lost while shut, for two seconds, and awake again", "20s open; 1.2s shut; 5.5s noface; 5s open", "21.5 raised eyes_closed 2, 23.0 escalated eyes_closed 3, 24.2 sleep (aborted) 4.2, 28.7 cleared eyes_closed 3" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Timeline.Check(name, timeline, Timeline.Without(Timeline.Of(drive), "blink"));
}
