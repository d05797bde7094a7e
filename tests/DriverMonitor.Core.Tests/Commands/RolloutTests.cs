using DriverMonitor.Core.Commands;

namespace DriverMonitor.Core.Tests.Commands;

/// <summary>A tenth of the fleet first, then more, and not the same tenth each time.</summary>
public sealed class RolloutTests
{
    private static readonly string[] Fleet = [.. Enumerable.Range(0, 1000).Select(number => $"acme/veh-{number:0000}")];

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 30)]
    [InlineData(10, 70, 130)]
    [InlineData(50, 440, 560)]
    [InlineData(100, 1000, 1000)]
    public void A_share_of_the_vehicles_is_meant(int percent, int least, int most) =>
        Assert.InRange(Fleet.Count(vehicle => Rollout.Includes(vehicle, "0.3.0", percent)), least, most);

    [Fact]
    public void Who_was_meant_by_less_is_meant_by_more() =>
        Assert.All(Fleet, vehicle =>
        {
            var place = Rollout.PlaceOf(vehicle, "0.3.0");
            Assert.Equal((false, true), (Rollout.Includes(vehicle, "0.3.0", place), Rollout.Includes(vehicle, "0.3.0", place + 1)));
        });

    [Fact]
    public void Each_version_begins_with_others()
    {
        var first = Fleet.Where(vehicle => Rollout.Includes(vehicle, "0.3.0", 10)).ToList();

        Assert.InRange(first.Count(vehicle => Rollout.Includes(vehicle, "0.4.0", 10)), 0, 30);
    }
}
