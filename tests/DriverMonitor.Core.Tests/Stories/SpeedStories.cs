using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// What a vehicle says of its speed decides whether shut eyes are sleep as it should be; a speed that is none is judged as fast.
/// </summary>
public class SpeedStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "parked, then rolling at 15 km/h", "10s open speed 0; 2s open speed 15; 2s shut; 4s open", "13.5 raised eyes_closed 2, 14.0 microsleep 2.0, 16.0 cleared eyes_closed 2" },
        { "parked, then rolling at 6 km/h", "10s open speed 0; 2s open speed 6; 2s shut; 4s open", "13.5 raised eyes_closed 2, 14.0 microsleep 2.0, 16.0 cleared eyes_closed 2" },
        { "creeping at 3 km/h is not parked", "20s open speed 3; 2s shut; 4s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "a speed below zero is no speed", "20s open speed -5; 2s shut; 4s open", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "a speed beyond any vehicle is none", "20s open speed 4000; 4s yaw 40; 5s open", "23.0 raised long_look_away 2, 24.2 look_away 4.0, 26.2 cleared long_look_away 2" },
        { "standing for four seconds is not parked", "20s open speed 30; 2.5s open speed 0; 2s shut; 4s open speed 30", "24.0 raised eyes_closed 2, 24.5 microsleep 2.0, 26.5 cleared eyes_closed 2" },
        { "the gateway falls silent at a standstill", "20s open speed 0; 20s open speed gone; 2s shut; 4s open", "41.5 raised eyes_closed 2, 42.0 microsleep 2.0, 44.0 cleared eyes_closed 2" },
        { "standing, and the clock is set back", "60s open speed 0; 10s open clock -50 speed gone; 2s shut; 4s open", "10.0 time_jump, 21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "standing, and the board was suspended", "20s open speed 0; 70s silence; 2s open speed gone; 2s shut; 4s open", "90.0 time_jump, 93.5 raised eyes_closed 2, 94.0 microsleep 2.0, 96.0 cleared eyes_closed 2" },
        { "eyes shut since before it moved off", "10s open speed 0; 10s shut; 1.3s shut speed 30; 4s open", "21.3 unresponsive 11.3" },
        { "looking aside since before it moved off", "10s open speed 0; 10s yaw 40; 2.8s yaw 40 speed 60; 4s open", "23.0 look_away 12.8" },
        { "a phone in the hand since before it moved off", "10s open phone 0 speed 0; 10s open phone 0.9; 1.9s open phone 0.9 speed 60; 4s open phone 0", "" },
        { "many glances at the red light", "10s open speed 0; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2s yaw 40; 1s open; 2.5s yaw 40 speed 60; 4s open", "12.2 look_away 2.0, 15.2 look_away 2.0, 18.2 look_away 2.0, 21.2 look_away 2.0, 24.7 look_away 2.5" },
        { "taught the side window at a crawl", "10s open speed 60; 20s yaw 40 speed 10; 10s yaw 40 speed 60; 4s open", "30.0 raised long_look_away 4, 30.0 raised many_look_aways 2, 38.7 look_away 28.5, 40.7 cleared long_look_away 4, 42.2 look_away 2.0" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Timeline.Check(name, timeline, Timeline.Of(drive));
}
