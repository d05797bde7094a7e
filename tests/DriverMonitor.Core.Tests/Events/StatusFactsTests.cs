using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Tests.Events;

public class StatusFactsTests
{
    [Fact]
    public void Every_status_is_in_the_table_once()
    {
        Assert.Equal(Enum.GetValues<StatusKind>(), StatusFacts.All.Select(fact => fact.Kind).Order());
        Assert.Distinct(StatusFacts.All.Select(fact => fact.Name));
        Assert.All(StatusFacts.All, fact => Assert.Same(fact, StatusFacts.Named(fact.Name)));
    }

    [Fact]
    public void What_blinds_the_camera_is_said_of_the_camera_until_it_is_over() =>
        Assert.All(
            StatusFacts.All.Where(fact => fact.Blinds != Blindness.None),
            fact => Assert.True(fact is { Lasts: true, CameraWord: not null }));

    [Fact]
    public void An_unknown_status_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StatusFacts.Of((StatusKind)99));
        Assert.Null(StatusFacts.Named("no_such_status"));
        Assert.Null(StatusFacts.Named(null));
    }
}
