using DriverMonitor.Web.Aim;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Hosting;

public sealed class AimPermitTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_ends_ten_minutes_after_it_was_given_last()
    {
        var permit = new AimPermit(_time);
        Assert.False(permit.IsGiven);

        permit.Grant();
        _time.Advance(TimeSpan.FromMinutes(6));
        permit.Grant();
        _time.Advance(TimeSpan.FromMinutes(9.9));
        Assert.True(permit.IsGiven);
        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.False(permit.IsGiven);
    }

    [Fact]
    public void What_is_taken_back_is_over()
    {
        var permit = new AimPermit(_time);
        permit.Grant();

        Assert.True(permit.TakeBack());
        Assert.False(permit.TakeBack());
        Assert.False(permit.IsGiven);
    }
}
