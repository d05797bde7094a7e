using DriverMonitor.Core;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

public class LogSinkTests
{
    [Fact]
    public void A_clock_that_is_set_is_told_once_and_one_that_runs_is_not()
    {
        var log = new ListLogger<LogSink>();
        var sink = new LogSink(log);
        var pipeline = new MonitorPipeline(new());
        var wall = new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var second = 1; second <= 60; second++)
        {
            var set = second < 30 ? TimeSpan.Zero : TimeSpan.FromHours(7);
            // Another time zone is another way to say the same moment.
            var local = (wall + set + TimeSpan.FromSeconds(second)).ToOffset(TimeSpan.FromHours(second < 45 ? 0 : 2));
            var seen = new Observation(TimeSpan.FromSeconds(second), Wall: new(local, true));
            sink.Emit(seen, pipeline.Step(seen));
        }

        Assert.Equal(["Information: The clock was set by +420 minutes."], log.Lines);
    }
}
