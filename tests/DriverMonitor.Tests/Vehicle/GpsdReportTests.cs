using System.Text;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle;

/// <summary>Lines of gpsd's as odd receivers make them: what cannot be is left out, the rest is used.</summary>
public sealed class GpsdReportTests
{
    [Theory]
    [InlineData("""{"class":"TPV","device":"a","mode":3,"speed":10}""", 36.0, null)]
    [InlineData("""{"class":"TPV","device":"a","mode":3,"speed":10,"track":nan,"eps":-nan}""", 36.0, "a number that is none")]
    [InlineData("""{"class":"TPV","device":"a","mode":3,"speed":NaN}""", null, "a number that is none")]
    [InlineData("""{"class":"TPV","device":"a","mode":3,"speed":"10"}""", null, "speed")]
    [InlineData("""{"class":"TPV","device":"a","mode":3,"speed":10,"lat":"north","lon":7}""", 36.0, "lat")]
    [InlineData("""{"class":"TPV","device":"a","mode":"3","speed":10}""", null, "mode")]
    [InlineData("""{"class":"TPV","device":"a","mode":9,"speed":10}""", null, "mode")]
    [InlineData("""{"class":"TPV","device":"a","mode":2.5,"speed":10}""", null, "mode")]
    [InlineData("""{"class":"TPV","device":7,"mode":3,"speed":1e999}""", null, "speed")]
    [InlineData("""{"class":"TPV","device":"nan, nan","mode":3,"speed":10}""", 36.0, null)]
    public void An_odd_field_is_dropped_and_not_the_report(string line, double? kmh, string? odd)
    {
        var report = GpsdReport.Read(Encoding.UTF8.GetBytes(line));

        Assert.NotNull(report);
        Assert.Equal((true, kmh, odd), (report.IsFix, report.SpeedKmh, report.Odd));
    }

    [Fact]
    public void A_receiver_without_a_speed_does_not_hide_the_other_one()
    {
        var time = new FakeTimeProvider();
        var vehicle = new GpsdVehicle(time, keepsPosition: false);
        for (var second = 0; second < 10; second++)
        {
            vehicle.Handle(GpsdReport.Read("""{"class":"TPV","device":"mute","mode":3}"""u8)!);
            vehicle.Handle(GpsdReport.Read("""{"class":"TPV","device":"good","mode":3,"speed":10}"""u8)!);
            Assert.Equal(36.0, vehicle.Read(default)?.SpeedKmh);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
