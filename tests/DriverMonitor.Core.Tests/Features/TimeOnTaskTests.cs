using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class TimeOnTaskTests
{
    //   name                                minutes, driving or resting   minutes on task at the end, breaks
    public static TheoryData<string, string, double, int> Days => new()
    {
        { "driving counts",                     "90d",                     90, 0 },
        { "a short stop belongs to the drive",  "60d 10r 30d",             100, 0 },
        { "a quarter of an hour is a break",    "60d 16r 30d",             30, 1 },
        { "two breaks",                         "60d 20r 60d 45r 10d",     10, 2 },
        { "resting still",                      "60d 20r",                 0, 1 },
        { "waiting before the start is nothing", "40r 10d",                10, 0 },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void A_day_has_its_time_on_task(string name, string day, double minutes, int breaks)
    {
        var task = new TimeOnTask(TimeSpan.FromMinutes(15));
        var at = TimeSpan.Zero;
        foreach (var part in day.Split(' '))
        {
            for (var second = 0; second < int.Parse(part[..^1]) * 60; second++)
                task.Step(at += TimeSpan.FromSeconds(1), part.EndsWith('d'));
        }

        Assert.Equal((name, minutes, breaks), (name, Math.Round(task.Elapsed(at).TotalMinutes), task.Breaks));
    }

    [Fact]
    public void A_clock_that_jumps_back_keeps_the_time_driven()
    {
        var task = new TimeOnTask(TimeSpan.FromMinutes(15));
        task.Step(TimeSpan.FromHours(1), driving: true);
        task.Step(TimeSpan.FromHours(1.2), driving: true);
        task.Reset(TimeSpan.FromHours(1.2), TimeSpan.Zero);
        task.Step(TimeSpan.FromSeconds(1), driving: true);
        Assert.Equal(0.2, task.Elapsed(TimeSpan.FromSeconds(1)).TotalHours, 1e-3);
    }
}
