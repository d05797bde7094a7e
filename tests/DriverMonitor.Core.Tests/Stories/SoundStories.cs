using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// What the driver hears, as the buzzer is told to play it: advice may be rationed and acknowledged, the safety path never.
/// </summary>
public class SoundStories
{
    private const string Tired = "240s blinking speed 80; 1.3s shut; 20s blinking";
    private const string Asleep = "3.5s shut; 4s open";

    //   name                                        drive                                               what is heard
    public static TheoryData<string, string, string> Drives => new()
    {
        { "advice to take a break",                  Tired, "252.0 break-warning" },
        { "shut eyes after the advice was heard",    $"{Tired}; {Asleep}", "252.0 break-warning, 262.9 sleep-warning, 264.3 sleep-alarm, 266.8 break-warning" },
        { "shut eyes while the advice is acknowledged", $"{Tired}; 2s open button; {Asleep}", "252.0 break-warning, 261.3 silence, 264.9 sleep-warning, 266.3 sleep-alarm, 268.8 silence" },
        { "the button under shut eyes silences the advice alone", $"{Tired}; 2s shut; 1.5s shut button; 4s open", "252.0 break-warning, 262.9 sleep-warning, 264.3 sleep-alarm, 266.8 silence" },
        { "shut eyes after the call-out of the first time", "20s open; 7s shut; 4s open; 7s shut; 4s open", "21.5 sleep-warning, 23.0 sleep-alarm, 26.0 sleep-emergency, 29.0 silence, 32.5 sleep-warning, 34.0 sleep-alarm, 37.0 sleep-emergency, 40.0 silence" },
        { "a glance away after the advice was heard", $"{Tired}; 3.5s yaw 40; 4s open", "252.0 break-warning, 264.3 look-warning, 267.0 break-warning" },
        { "the next driver has a ration of sounds", $"{Tired}; 8s blinking speed 0; 12s noface; 1s blinking track 1; 130s blinking track 1 speed 80; 1.3s shut track 1; 20s blinking track 1", "252.0 break-warning, 266.3 silence, 424.0 break-warning" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_is_heard(string name, string drive, string heard) =>
        Timeline.Check(name, heard, Timeline.Heard(drive, 15));
}
