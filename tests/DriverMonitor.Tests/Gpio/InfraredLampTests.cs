using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Gpio;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Gpio;

/// <summary>Infrared lamps are safe for eyes, and dark when nobody asks for light.</summary>
public sealed class InfraredLampTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakePwm _pwm = new();
    private readonly FollowingLine _line;
    private readonly InfraredLamp _lamp;
    private TimeSpan _at;

    public InfraredLampTests()
    {
        _line = new(new PwmLamp(_pwm, duty: 0.25).Set, _time);
        _lamp = new(_line, _time);
    }

    public void Dispose()
    {
        _lamp.Dispose();
        _line.Dispose();
        _pwm.Dispose();
    }

    [Fact]
    public void It_is_lit_in_the_dark_with_the_share_that_is_safe()
    {
        Watch(TimeSpan.FromSeconds(10), lux: 500);
        Assert.False(_pwm.IsRunning);
        Watch(TimeSpan.FromSeconds(10), lux: 2);
        Assert.Equal((true, 0.25), (_pwm.IsRunning, _pwm.Started));
        Watch(TimeSpan.FromSeconds(20), lux: 500);
        Assert.False(_pwm.IsRunning);
    }

    [Fact]
    public void It_goes_dark_by_itself_when_the_judgement_stops_and_is_lit_again_with_it()
    {
        Watch(TimeSpan.FromSeconds(10), lux: 2);
        Assert.True(_pwm.IsRunning);
        _time.Advance(InfraredLamp.Silence / 2);
        Assert.True(_pwm.IsRunning);
        _time.Advance(InfraredLamp.Silence);
        Assert.False(_pwm.IsRunning);
        Watch(TimeSpan.FromSeconds(1), lux: 2);
        Assert.True(_pwm.IsRunning);
    }

    [Fact]
    public void A_channel_that_is_gone_is_told_once_and_lit_once_it_is_back()
    {
        var told = new List<string?>();
        _line.FaultChanged += told.Add;
        _pwm.Refuses = true;
        Watch(TimeSpan.FromSeconds(20), lux: 2);
        _pwm.Refuses = false;
        Watch(TimeSpan.FromSeconds(1), lux: 2);

        Assert.Equal(["No such device", null], told);
        Assert.True(_pwm.IsRunning);
    }

    public static TheoryData<string, object, string?> Settings => new()
    {
        { "nobody looked its intensity up", Wired(), null },
        { "a small lamp", Wired() with { InfraredIntensity = 100 }, null },
        { "floodlights on a plain line", Wired() with { InfraredIntensity = 9000 }, "give 100 W/m² at 0.3 m, and 50 are safe for eyes" },
        { "the same, far away", Wired() with { InfraredIntensity = 9000, InfraredDistance = 0.6 }, null },
        { "on PWM, of unknown intensity", OnPwm(null), "needs InfraredIntensity" },
        { "on PWM", OnPwm(9000), null },
        { "on PWM and on a line", OnPwm(9000) with { InfraredLine = 12 }, "two places of one lamp" },
        { "on PWM, upside down", OnPwm(9000) with { InfraredActiveLow = true }, "cannot be ActiveLow" },
        { "on the buzzer's channel", OnPwm(9000) with { Board = BoardKind.Pi5, Buzzer = BuzzerKind.Passive }, "are on one PWM channel" },
        { "on the buzzer's chip", OnPwm(9000) with { Board = BoardKind.Pi5, Buzzer = BuzzerKind.Passive, InfraredPwmChannel = 1 }, null },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Lamps_that_harm_eyes_stop_the_start(string name, object settings, string? says)
    {
        var flaws = ((GpioSettings)settings).Validate(new ValidationContext(settings)).Select(flaw => flaw.ErrorMessage).ToList();
        if (says is null) Assert.True(flaws.Count == 0, $"{name}: {string.Join(" ", flaws)}");
        else Assert.Contains(says, Assert.Single(flaws), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9000, 1, 0.5)]
    [InlineData(9000, 0.2, 0.2)]
    [InlineData(100, 1, 1)]
    public void The_limit_holds_whatever_share_is_asked_for(double intensity, double asked, double used) =>
        Assert.Equal(used, (OnPwm(intensity) with { InfraredDuty = asked }).InfraredDutyUsed, 1e-9);

    private static GpioSettings Wired() => new() { InfraredLine = 12 };

    private static GpioSettings OnPwm(double? intensity) => new() { InfraredPwmChip = 0, InfraredIntensity = intensity };

    private void Watch(TimeSpan lasting, double lux)
    {
        for (var until = _at + lasting; _at < until; _at += TimeSpan.FromSeconds(0.5))
        {
            var seen = new Observation(_at, new FaceReading { Sight = Sight.Driver }, Cab: new(AmbientLux: lux));
            _lamp.Emit(seen, new(_at, default, default, []));
            _time.Advance(TimeSpan.FromSeconds(0.5));
        }
    }
}
