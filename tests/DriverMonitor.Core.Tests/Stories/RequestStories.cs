using System.Globalization;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>What the driver asks for by button or page, in the middle of a drive.</summary>
public class RequestStories
{
    //   name                                       drive                                 at which second, what is asked    what happens
    public static TheoryData<string, string, string, string> Drives =>
        new()
        {
            {
                "an alert is disputed once",
                "10s open; 2s shut; 10s open",
                "15 dispute, 16 dispute",
                "11.5 raised eyes_closed 2, 12.0 microsleep 2.0, 14.0 cleared eyes_closed 2, 15.0 disputed eyes_closed 2"
            },
            {
                "an older alert is disputed by name",
                "10s open; 2s shut; 10s open; 2s shut; 5s open",
                "25 dispute:eyes_closed:11.5, 26 dispute:eyes_closed:11.5, 27 dispute",
                "11.5 raised eyes_closed 2, 12.0 microsleep 2.0, 14.0 cleared eyes_closed 2, 23.5 raised eyes_closed 2, 24.0 microsleep 2.0, "
                    + "25.0 disputed eyes_closed 2, 26.0 cleared eyes_closed 2, 27.0 disputed eyes_closed 2"
            },
            {
                "the last one by name, then by button",
                "10s open; 2s shut; 10s open",
                "15 dispute:eyes_closed:11.5, 16 dispute",
                "11.5 raised eyes_closed 2, 12.0 microsleep 2.0, 14.0 cleared eyes_closed 2, 15.0 disputed eyes_closed 2"
            },
            {
                "after a rise, at the level it rose to",
                "10s open; 4s shut; 10s open",
                "20 dispute:eyes_closed:11.5",
                "11.5 raised eyes_closed 2, 13.0 escalated eyes_closed 3, 14.0 sleep 4.0, 16.0 cleared eyes_closed 3, 20.0 disputed eyes_closed 3"
            },
            {
                "a name that no alert has",
                "10s open; 2s shut; 10s open",
                "15 dispute:phone:11.5, 16 dispute:eyes_closed:11.6",
                "11.5 raised eyes_closed 2, 12.0 microsleep 2.0, 14.0 cleared eyes_closed 2"
            },
            {
                "another driver's alert is not disputed",
                "10s open; 2s shut; 5s open; 20s noface speed 0; 20s track 7 open",
                "39 dispute:eyes_closed:11.5",
                "11.5 raised eyes_closed 2, 12.0 microsleep 2.0, 14.0 cleared eyes_closed 2, 27.0 face_lost, 37.0 driver_changed, 37.0 recovered face_lost"
            },
            { "no alert, nothing to dispute", "20s open", "15 dispute", "" },
            {
                "camera withdrawn in the middle of it",
                "10s open; 3s shut; 20s open",
                "12 Heart",
                "11.5 raised eyes_closed 2, 12.0 microsleep (aborted) 2.0, 12.0 cleared eyes_closed 2, 12.0 modalities_changed heart"
            },
            { "a camera that is off is not lost", "10s open; 20s noframe", "10 Heart", "10.0 modalities_changed heart" },
            {
                "camera allowed again",
                "10s open; 10s open; 2s shut; 4s open",
                "10 None, 15 All",
                "10.0 modalities_changed none, 15.0 modalities_changed camera,heart,stress,anger,voice, 21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2"
            },
            {
                "heart withdrawn, eyes are judged on",
                "10s open; 2s shut; 4s open",
                "5 Camera",
                "5.0 modalities_changed camera, 11.5 raised eyes_closed 2, 12.0 microsleep 2.0, 14.0 cleared eyes_closed 2"
            },
        };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_request_has_its_effect(string name, string drive, string requests, string timeline) =>
        Timeline.Check(name, timeline, Timeline.Of(With(Drive.Of(drive, 20), requests)));

    [Fact]
    public void A_withdrawn_heart_is_neither_judged_nor_kept()
    {
        var pipeline = new MonitorPipeline(new());
        var strap = new ScriptedStrap(Series.Waves(1200));
        for (var second = 1; second <= 900; second++)
        {
            var withdrawn = second > 600;
            var outcome = pipeline.Step(new(TimeSpan.FromSeconds(second), Heart: strap.Packet(second), Vehicle: new(80),
                Allowed: withdrawn ? Modalities.Camera : null));
            if (second > 601) Assert.Null(outcome.Scores?.Heart);
        }

        Assert.Null(pipeline.Profile()!.Heart);
    }

    private static IEnumerable<Observation> With(IEnumerable<Observation> drive, string requests)
    {
        var asked = new Queue<(TimeSpan At, string What)>(requests.Split(", ").Select(text => text.Split(' '))
            .Select(words => (TimeSpan.FromSeconds(double.Parse(words[0], CultureInfo.InvariantCulture)), words[1])));
        foreach (var seen in drive)
        {
            while (asked.TryPeek(out var next) && seen.At >= next.At)
            {
                asked.Dequeue();
                yield return next.What.Split(':') switch
                {
                    ["dispute"] => new(seen.At, Disputed: true),
                    ["dispute", var rule, var at] => new(
                        seen.At,
                        DisputedAlert: new(rule, TimeSpan.FromSeconds(double.Parse(at, CultureInfo.InvariantCulture)))),
                    _ => new(seen.At, Allowed: Enum.Parse<Modalities>(next.What)),
                };
            }

            yield return seen;
        }
    }
}
