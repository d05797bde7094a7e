using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>Drives as they happen, without the lines of ordinary blinks.</summary>
public class WholeDrives
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "attentive commuter", "60s blinking speed 50; 0.6s yaw 35; 30s blinking; 0.5s yaw -40; 40s blinking; 0.8s yaw 30 pitch -10; 60s blinking; 1s yaw -35; 30s blinking speed 0; 5s yaw 50; 20s blinking speed 60", "60.8 look_away 0.6, 91.3 look_away 0.5, 132.1 look_away 0.8, 193.1 look_away 1.0, 228.1 look_away 5.0" },
        { "microsleeps at night", "120s blinking speed 100; 1.2s shut; 40s blinking; 1.7s shut; 30s lids 0.6; 3.4s shut; 30s blinking", "121.2 microsleep 1.2, 132.0 raised fatigue 2, 162.7 raised eyes_closed 2, 162.9 microsleep 1.7, 164.9 cleared eyes_closed 2, 168.0 escalated fatigue 3, 194.4 raised eyes_closed 2, 195.9 escalated eyes_closed 3, 196.3 sleep 3.4, 198.3 cleared eyes_closed 3" },
        { "nods off and is caught by the buzzer", "60s blinking speed 100; 0.7s lids 1>0; 1.3s shut; 1s shut pitch 0>-30; 1.5s shut pitch -30; 0.4s pitch -30>0; 20s blinking", "62.1 raised eyes_closed 2, 63.6 escalated eyes_closed 3, 64.5 sleep 3.9, 64.9 look_away 2.1, 66.5 cleared eyes_closed 3, 74.0 raised fatigue 1" },
        { "sunglasses on, sun down, sunglasses off", "60s blinking speed 80; 90s sunglasses; 60s blinking", "70.0 eyes_not_visible, 150.0 recovered eyes_not_visible" },
        { "passenger leans over", "60s blinking speed 80; 1.5s noface; 0.5s blinking; 1.2s ambiguous; 60s blinking", "" },
        { "checking mirrors on the motorway", "60s blinking speed 120; 0.7s yaw 45; 6s open; 0.8s yaw -45; 5s open; 0.6s yaw 20 pitch 12; 6s open; 0.9s yaw 45; 20s blinking", "60.9 look_away 0.7, 67.7 look_away 0.8, 80.2 look_away 0.9" },
        { "phone in the lap, again and again", "60s blinking speed 80; 1.8s pitch -32; 1.2s open; 1.8s pitch -32; 1.2s open; 1.8s pitch -32; 1.2s open; 1.8s pitch -32; 1.2s open; 1.8s pitch -32; 1.2s open; 1.8s pitch -32; 1.2s open; 1.8s pitch -32; 20s blinking", "62.0 look_away 1.8, 65.0 look_away 1.8, 68.0 look_away 1.8, 71.0 look_away 1.8, 74.0 look_away 1.8, 76.0 raised many_look_aways 2, 77.0 look_away 1.8, 80.0 look_away 1.8, 83.8 cleared many_look_aways 2" },
        { "long traffic light", "60s blinking speed 40; 8s blinking speed 0; 20s yaw 40 pitch -25; 6s shut; 10s blinking; 60s blinking speed 40", "88.4 look_away 20.0, 94.1 unresponsive 6.1" },
        { "the light turns green while somebody reads", "60s blinking speed 40; 10s blinking speed 0; 8s pitch -32; 7s pitch -32 speed 30; 20s blinking", "84.0 raised long_look_away 2, 85.2 look_away 15.0, 87.2 cleared long_look_away 2" },
        { "driver swap at the services", "60s blinking speed 100; 20s blinking speed 0; 40s noface; 30s lids 0.8 track 1; 60s lids 0.8 speed 100; 1.6s shut; 20s lids 0.8", "90.0 face_lost, 120.0 driver_changed, 120.0 recovered face_lost, 211.5 raised eyes_closed 2, 211.6 microsleep 1.6, 213.6 cleared eyes_closed 2, 222.0 raised fatigue 1" },
        { "camera covered by a jacket", "60s blinking speed 80; 30s covered; 60s blinking", "68.0 camera_covered, 90.0 recovered camera_covered" },
        { "camera cable works loose", "60s blinking speed 80; 0.7s noframe; 10s blinking; 5s noframe; 2s blinking; 4s noframe; 30s blinking", "71.7 camera_lost, 75.7 recovered camera_lost, 78.7 camera_lost, 81.7 recovered camera_lost" },
        { "returning after a nap", "60s blinking speed 80; 10s blinking speed 0; 1200s shut; 20s blinking; 60s blinking speed 80", "1270.1 unresponsive 1200.1" },
        { "singing along", "60s blinking speed 80; 0.5s mouth 0.6; 0.3s mouth 0.2; 1.4s mouth 0.5; 0.4s mouth 0.1; 0.9s mouth 0.7; 0.3s mouth 0.2; 1.9s mouth 0.5; 20s blinking", "" },
        { "tired: yawns, droops, a long blink", "60s blinking speed 80; 4s mouth 0.6 lids 0.7; 40s blinking; 5s mouth 0.65 lids 0.5; 30s lids 0.6; 0.7s shut; 30s lids 0.6", "64.0 yawn 4.0, 109.0 yawn 5.0, 139.7 long_blink 0.7" },
        { "asleep with the camera failing", "60s blinking speed 80; 2s shut; 10s noframe; 30s blinking", "61.5 raised eyes_closed 2, 63.0 camera_lost, 63.0 escalated eyes_closed 3, 65.0 sleep (aborted) 5.0, 72.0 recovered camera_lost, 74.0 cleared eyes_closed 3, 82.0 raised fatigue 1" },
        { "the strap slips off and is put back", "60s blinking speed 80 heart 70; 40s blinking strap off; 60s blinking heart 74", "62.0 strap_off, 100.0 recovered strap_off" },
        { "the strap's battery dies", "60s blinking speed 80 heart 70; 40s blinking strap gone; 5s blinking speed 0", "65.0 heart_lost" },
        { "squints into the low sun", "60s blinking speed 90 gaze 0 8; 90s lids 0.4 gaze 2 8; 0.5s lids 0.3 gaze 0 8; 60s lids 0.45 gaze 0 8; 30s blinking gaze 0 8", "" },
        { "eats at the wheel", "60s blinking speed 80; 0.7s mouth 0>0.5; 0.6s mouth 0.5>0.05; 8s mouth 0.05; 0.5s mouth 0.15; 0.4s mouth 0.02; 0.5s mouth 0.15; 0.8s pitch -20 mouth 0.3; 0.4s mouth 0.02; 30s blinking", "71.7 look_away 0.8" },
        { "sneezes three times", "60s blinking speed 80; 0.5s mouth 0>0.5 lids 1>0; 0.3s shut pitch -15 mouth 0.1; 2s open; 0.6s shut pitch -15 mouth 0.5; 2s open; 0.6s shut pitch -15; 30s blinking", "60.8 long_blink 0.5, 63.4 long_blink 0.6, 66.1 long_blink 0.8" },
        { "laughs with the passenger", "60s blinking speed 80 smile 0; 0.5s yaw 35 smile 0.8 mouth 0>0.4; 0.6s yaw 35 smile 0.9 mouth 0.4; 2.4s smile 0.9 mouth 0.45; 30s blinking smile 0.1", "61.3 look_away 1.1" },
        { "through a tunnel", "60s blinking speed 80; 3s dark; 20s blinking; 9s noface; 60s blinking", "" },
        { "phone to the ear", "60s blinking speed 80; 60s blinking yaw 12 pitch -4; 60s blinking", "" },
        { "looks over the shoulder to park", "60s blinking speed 30; 4s yaw 70 speed 8; 2s blinking; 5s noface; 2s blinking speed 0; 30s blinking", "64.2 look_away 4.0" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Timeline.Check(name, timeline, Timeline.Without(Timeline.Of(drive), "blink"));
}
