using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>Whole drives that end in advice or a hint, or must not; anger and stress are consented to. Without blinks.</summary>
public class FeelingDrives
{
    private const string Calm = "300s blinking smile 0 angry 0.05 heart 70 speed 90";

    public static TheoryData<string, string, string> Drives => new()
    {
        { "an angry squint into the low sun", Calm + "; 60s blinking squint 0.9 angry 0.5 bright 0.9; 60s blinking smile 0 angry 0.05", "" },
        { "the same in shade", Calm + "; 60s blinking squint 0.9 angry 0.4 bright 0.4; 60s blinking smile 0 angry 0.05", "" },
        { "cut off by a van", Calm + "; 20s blinking scowl 0.9 angry 0.9 heart 100; 90s blinking smile 0 angry 0.05 heart 75", "306.0 raised anger 1, 349.0 cleared anger 1" },
        { "a scowl of two seconds", Calm + "; 2s blinking scowl 0.9 angry 0.9 heart 74; 60s blinking smile 0 angry 0.05", "" },
        { "a resting angry face", "300s blinking scowl 0.6 angry 0.6 heart 70 speed 90; 120s blinking scowl 0.6 angry 0.6", "" },
        { "singing a rock song", Calm + "; 60s blinking scowl 0.4 chatter angry 0.4 heart 76; 60s blinking smile 0 angry 0.05", "" },
        { "laughing out loud", Calm + "; 30s blinking smile 0.9 squint 0.8 chatter angry 0.1 heart 84; 60s blinking smile 0", "" },
        { "loads the van and drives off", Calm + "; 60s blinking speed 0 heart 72; 240s blinking speed 0 heart 125; 100s blinking speed 60 heart 105; 100s blinking heart 80", "" },
        { "tired: long blinks, then yawns", "300s blinking speed 100; 240s drowsy; 4s mouth 0.6 lids 0.5; 60s drowsy; 4s mouth 0.6 lids 0.5; 60s drowsy", "349.0 raised fatigue 1, 376.0 escalated fatigue 2, 544.0 yawn 4.0, 608.0 yawn 4.0" },
        { "two microsleeps, then a break", "300s blinking speed 100; 1.3s shut; 120s blinking; 1.4s shut; 60s blinking; 1000s blinking speed 0; 60s blinking speed 100", "301.3 microsleep 1.3, 312.0 raised fatigue 2, 422.7 microsleep 1.4, 428.0 escalated fatigue 3, 487.7 cleared fatigue 3" },
        { "a racing heart on a calm face", "1200s blinking smile 0 angry 0.05 heart 70 speed 90; 240s blinking smile 0 angry 0.05 heart 112", "1253.0 raised stress 1" },
        { "angry, the heart racing: one message", "1200s blinking smile 0 angry 0.05 heart 70 speed 90; 240s blinking scowl 0.9 angry 0.9 heart 112", "1205.0 raised anger 1" },
        { "tired, the heart racing: one message", "1200s blinking smile 0 angry 0.05 heart 70 speed 90; 200s drowsy heart 70; 200s drowsy heart 112", "1249.0 raised fatigue 1, 1272.0 escalated fatigue 2, 1339.0 escalated fatigue 3" },
        { "tired behind sunglasses", "300s blinking speed 100; 300s drowsy sunglasses", "310.0 eyes_not_visible" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline)
    {
        var settings = new MonitorSettings
        {
            Anger = new AngerSettings { Enabled = true },
            Stress = new StressSettings { Enabled = true },
        };
        Timeline.Check(name, timeline, Timeline.Without(Timeline.Of(Drive.Of(drive, 15), settings), "blink", "long_blink"));
    }
}
