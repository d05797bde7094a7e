using System.Globalization;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// Kinds of drive that must end the same whatever the camera's rate: what must be told and by when, and what must not.
/// </summary>
public class EveryRateStories
{
    private const string Day = "light 0.6 0.01", Dark = "light 0.1 0.005";

    private static readonly double[] Rates = [5, 6, 8, 10, 15, 30];

    // "21.4-21.9 raised eyes_closed" must be told in that time, "0 yawn" so often, in words of the timeline.
    private static readonly (string Name, string Drive, string Expected)[] Kinds =
    [
        ("asleep with a hand over the picture's left eye", $"20s open {Day} patch 0 0.6; 4s lid 1 0 {Day} patch 0 0.4; 4s open {Day} patch 0 0.6", "21.4-21.9 raised eyes_closed, 22.9-23.4 escalated eyes_closed 3"),
        ("asleep with a hand over the right one", $"20s open {Day} patch 0.6 0; 4s lid 0 1 {Day} patch 0.4 0; 4s open {Day} patch 0.6 0", "21.4-21.9 raised eyes_closed, 22.9-23.4 escalated eyes_closed 3"),
        ("the hand changes sides while awake", $"10s open {Day} patch 0 0.6; 10s open {Day} patch 0.6 0; 4s lid 0 1 {Day} patch 0.4 0; 4s open {Day} patch 0.6 0.6", "21.4-21.9 raised eyes_closed"),
        ("the hand changes sides in the sleep", $"20s open {Day} patch 0.6 0.6; 2s lid 0 1 {Day} patch 0.4 0; 2s lid 1 0 {Day} patch 0 0.4; 4s open {Day} patch 0.6 0.6", "21.4-21.9 raised eyes_closed, 22.9-23.4 escalated eyes_closed 3"),
        ("rubs one eye after the other, awake", $"20s open {Day} patch 0.6 0.6; 2s lid 1 0 {Day} patch 0.6 0; 2s lid 0 1 {Day} patch 0 0.6; 4s open {Day} patch 0.6 0.6", "0 raised"),
        ("both eyes covered", $"20s open {Day} patch 0.6 0.6; 6s open {Day} patch 0 0; 4s open {Day} patch 0.6 0.6", "22.4-23.0 eyes_not_visible, 0 raised"),
        ("opaque lenses", $"8s open {Day} patch 0 0", "2.4-3.0 eyes_not_visible, 0 raised"),
        ("one opaque lens, and asleep", $"20s open {Day} patch 0.02 0.6; 4s lid 1 0 {Day} patch 0.02 0.4; 4s open {Day} patch 0.02 0.6", "21.4-21.9 raised eyes_closed"),
        ("asleep behind half-dark lenses", $"20s open {Day} patch 0.31 0.3; 4s lids 0.4 {Day} patch 0.2 0.19; 4s open {Day} patch 0.31 0.3", "21.4-22.6 raised eyes_closed"),
        ("asleep behind a frame of glasses, where shut lids flutter", $"20s open {Day}; {Times(8, $"0.2s lids 0.15 {Day}; 0.3s lids 0.32 {Day}; ")}4s open {Day}", "21.4-22.6 raised eyes_closed"),
        ("squints into the sun, and blinks", $"20s open {Day}; {Times(4, $"3s lids 0.42 {Day}; 0.2s shut {Day}; ")}4s open {Day}", "0 raised"),
        ("droops by day, and is never shut", $"20s open {Day}; 6s lids 0.3 {Day}; 4s open {Day}", "0 raised eyes_closed"),
        ("asleep in the dark", $"20s open {Dark}; 4s lids 0.5 {Dark}; 4s open {Dark}", "21.4-22.6 raised eyes_closed"),
        ("a passenger awake on the picture's left", "20s rivals 1 1; 4s rivals 1 0; 4s rivals 1 1", "21.4-21.9 raised eyes_closed, 2.4-3.0 ambiguous_driver"),
        ("a passenger awake on the right", "20s rivals 1 1; 4s rivals 0 1; 4s rivals 1 1", "21.4-21.9 raised eyes_closed, 2.4-3.0 ambiguous_driver"),
        ("the one who is followed is awake, the other sleeps", "20s open rival 1; 4s open rival 0; 4s open rival 1", "21.4-21.9 raised eyes_closed"),
        ("another driver, with narrower eyes, falls asleep", "30s open track 1; 5s noface; 20s lids 0.7 track 2; 4s shut track 2; 4s lids 0.7 track 2", "56.4-56.9 raised eyes_closed"),
        ("far away", "20s open place 0.5 14; 4s shut place 0.5 14; 4s open place 0.5 14", "21.4-21.9 raised eyes_closed"),
        ("the camera upside down", "25s open roll 176; 4s shut roll 176; 4s open roll 176", "26.4-26.9 raised eyes_closed, 0-20 wrong_mount"),
        ("the camera on its side", "25s open roll 90; 4s shut roll 90; 4s open roll 90", "26.4-26.9 raised eyes_closed, 0-20 wrong_mount"),
        ("texts low in the lap, looks up, falls asleep", "20s open speed 80; 0.2s lids 1>0 pitch 0>-14; 6s shut pitch -14; 3s open; 0.6s lids 1>0; 4s shut; 4s open", "20-23.7 raised long_look_away, 30.9-31.5 raised eyes_closed, 1 raised eyes_closed"),
        ("the same with a phone that is seen", "20s open look 0.5 phone 0.1 speed 80; 0.2s lids 1>0 pitch 0>-14 look 0.5 phone 0.4; 6s shut pitch -14 look 0.5 phone 0.5; 3s open look 0.5 phone 0.1; 0.6s lids 1>0 look 0.5 phone 0.1; 4s shut look 0.5 phone 0.1; 4s open look 0.5 phone 0.1", "20-23.7 raised long_look_away, 20-23.7 raised phone, 30.9-31.5 raised eyes_closed, 1 raised eyes_closed"),
        ("texts in glances, five of them, then sleeps", "20s open speed 80; 0.2s lids 1>0 pitch 0>-14; 0.8s shut pitch -14; 2s open; 0.2s lids 1>0 pitch 0>-14; 0.8s shut pitch -14; 2s open; 0.2s lids 1>0 pitch 0>-14; 0.8s shut pitch -14; 2s open; 0.6s lids 1>0; 4s shut; 4s open", "30.6-31.2 raised eyes_closed, 1 raised eyes_closed"),
        ("a long yawn with narrow eyes", "10s open; 1s mouth 0>0.7; 5s mouth 0.7 lids 0.4; 1s mouth 0.7>0; 5s open", "1 yawn, 0 raised"),
        ("a laugh", "20s open smile 0; 0.4s mouth 0>0.5 smile 0.7; 3s mouth 0.5 smile 0.8; 0.5s mouth 0.5>0 smile 0.6; 5s open smile 0", "0 yawn, 0 raised"),
        ("talks for half a minute", "10s open; 30s chatter; 5s open", "0 yawn, 0 raised"),
        ("a hand before a mouth at rest", "10s open; 6s hand; 5s open", "0 yawn, 0 raised"),
    ];

    public static TheoryData<string, double> Drives
    {
        get
        {
            var rows = new TheoryData<string, double>();
            foreach (var kind in Kinds)
                foreach (var rate in Rates) rows.Add(kind.Name, rate);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_kind_of_drive_ends_the_same_at_every_rate(string name, double picturesPerSecond)
    {
        var (_, drive, expected) = Kinds.Single(kind => kind.Name == name);

        var timeline = Timeline.Of(drive, picturesPerSecond);

        var broken = expected.Split(", ").Where(wanted => !IsMet(wanted, timeline.Split(", "))).ToList();
        Assert.True(broken.Count == 0, $"{name} at {picturesPerSecond}: not \"{string.Join("\", \"", broken)}\"\n{timeline}");
    }

    private static string Times(int count, string part) => string.Concat(Enumerable.Repeat(part, count));

    private static bool IsMet(string wanted, string[] lines)
    {
        var (when, what) = (wanted[..wanted.IndexOf(' ')], wanted[(wanted.IndexOf(' ') + 1)..]);
        var found = lines.Where(line => line.Contains(what, StringComparison.Ordinal)).ToList();
        if (int.TryParse(when, out var count)) return found.Count == count;
        var range = when.Split('-').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
        return found.Select(Time).Any(at => at >= range[0] - 1e-9 && at <= range[1] + 1e-9);
    }

    private static double Time(string line) => double.Parse(line[..line.IndexOf(' ')], CultureInfo.InvariantCulture);
}
