using DriverMonitor.Core.Supervision;

namespace DriverMonitor.Core.Tests.Supervision;

public sealed class RestartPolicyTests
{
    public static TheoryData<string, double[], double?[]> Stories =>
        new()
        {
            //  what happens                              failures at (s)                          waits (s); null: left down
            { "one failure", [10], [0.5] },
            { "fails as soon as it runs", [0, 1, 2, 4, 8, 16, 32, 64], [0.5, 1, 2, 4, 8, 16, 32, null] },
            { "fails every ten minutes and a bit", [0, 601, 1202, 1803], [0.5, 0.5, 0.5, 0.5] },
            { "seven at once, one an hour later", [0, 0, 0, 0, 0, 0, 0, 3600], [0.5, 1, 2, 4, 8, 16, 32, 0.5] },
            { "what was left down fails once more", [0, 0, 0, 0, 0, 0, 0, 0, 0], [0.5, 1, 2, 4, 8, 16, 32, null, null] },
        };

    [Theory]
    [MemberData(nameof(Stories))]
    public void It_waits_longer_each_time_and_gives_up_at_last(string story, double[] failures, double?[] waits)
    {
        var policy = new RestartPolicy();
        Assert.Equal(
            (story, string.Join(' ', waits)),
            (story, string.Join(' ', failures.Select(at => policy.Fail(TimeSpan.FromSeconds(at))?.TotalSeconds))));
    }
}
