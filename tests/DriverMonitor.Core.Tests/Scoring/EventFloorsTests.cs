using System.Globalization;
using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Core.Tests.Scoring;

/// <summary>How high the fatigue score is held after eyes that were shut too long.</summary>
public class EventFloorsTests
{
    //   name                                         minute and event, in s shut        asked at   floor and the event behind it
    public static TheoryData<string, string, double, string> Events => new()
    {
        { "nothing yet",                              "",                                 10, "0.000" },
        { "one microsleep",                           "10 microsleep 1.4",                10, "0.750 of 1.4 s" },
        { "half of it is left after five minutes",    "10 microsleep 1.4",                15, "0.375 of 1.4 s" },
        { "two within ten minutes",                   "10 microsleep 1.4, 19 microsleep 1.2", 19, "0.900 of 1.2 s" },
        { "two that are further apart",               "10 microsleep 1.4, 21 microsleep 1.2", 21, "0.750 of 1.2 s" },
        { "sleep after a microsleep",                 "10 microsleep 1.4, 12 sleep 4.0",  12, "0.950 of 4.0 s" },
        { "a microsleep right after sleep",           "10 sleep 4.0, 12 microsleep 1.4",  12, "0.827 of 4.0 s" },
        { "a microsleep an hour after sleep",         "10 sleep 4.0, 70 microsleep 1.4",  70, "0.750 of 1.4 s" },
        { "a microsleep an hour after two",           "10 microsleep 1.4, 12 microsleep 1.3, 70 microsleep 1.1", 70, "0.750 of 1.1 s" },
        { "a clock set back does not lower it",       "10 sleep 4.0",                      5, "0.950 of 4.0 s" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void The_highest_that_still_stands_holds(string name, string events, double minute, string expected)
    {
        var floors = new EventFloors(new());
        foreach (var happened in events.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')))
        {
            var (at, closed) = (TimeSpan.FromMinutes(Number(happened[0])), TimeSpan.FromSeconds(Number(happened[2])));
            if (happened[1] == "sleep") floors.AddSleep(at, closed);
            else floors.AddMicrosleep(at, closed);
        }

        var height = floors.At(TimeSpan.FromMinutes(minute));
        var behind = height > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {floors.Closed.TotalSeconds:0.0} s") : "";
        Assert.Equal((name, expected), (name, height.ToString("0.000", CultureInfo.InvariantCulture) + behind));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
