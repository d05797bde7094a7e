using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Gpio;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Gpio;

/// <summary>Each output that the settings can name is gone for a while: one line each, and the buzzer sounds on.</summary>
public sealed class EveryLineTests
{
    private const int BuzzerLine = 17;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private static readonly GpioSettings Wired = new()
    {
        BuzzerLine = BuzzerLine, LampLine = 27, CameraLampLine = 22, RelayLine = 24, InfraredLine = 12,
    };

    /// <summary>Where each place of a part is tried; one that the settings name and nobody here does fails.</summary>
    private static readonly Dictionary<string, string> TriedBy = new()
    {
        [nameof(GpioSettings.BuzzerLine)] = nameof(BuzzerFaultTests),
        [nameof(GpioSettings.LampLine)] = nameof(EveryLineTests),
        [nameof(GpioSettings.CameraLampLine)] = nameof(OutputControllerTests),
        [nameof(GpioSettings.RelayLine)] = nameof(EveryLineTests),
        [nameof(GpioSettings.InfraredLine)] = nameof(EveryLineTests),
        [nameof(GpioSettings.ButtonLine)] = nameof(OutputControllerTests),
        [nameof(GpioSettings.PowerLostLine)] = nameof(PowerLineTests),
        [nameof(GpioSettings.PwmChip)] = nameof(EveryLineTests),
        [nameof(GpioSettings.InfraredPwmChip)] = nameof(InfraredLampTests),
    };

    [Fact]
    public void Every_place_that_the_settings_name_is_tried() => Assert.Equal(
        TriedBy.Keys.Order(),
        typeof(GpioSettings).GetProperties().Select(key => key.Name)
            .Where(name => name.EndsWith("Line", StringComparison.Ordinal) || name.EndsWith("PwmChip", StringComparison.Ordinal))
            .Order());

    [Theory]
    [InlineData(27, "lamp")]
    [InlineData(24, "relay")]
    [InlineData(12, "infrared lamp")]
    public void An_output_that_is_gone_and_back_is_two_lines_and_the_sound_goes_on(int line, string name)
    {
        var (sound, lines) = Play(gone: line);

        Assert.Equal(Play(gone: null).Sound, sound);
        Assert.Equal(
            [
                $"Error: The {name} does not take commands: no such device. The buzzer goes on; check the wiring and Gpio settings.",
                $"Information: The {name} works again.",
            ], lines.Where(text => text.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_passive_buzzer_sounds_at_the_pitch_and_loudness_asked_for()
    {
        using var pwm = new FakePwm();
        using var buzzer = new PwmBuzzerDriver(pwm);
        buzzer.Sound(2000, 1);
        Assert.Equal((true, 2000, 0.5), (pwm.IsRunning, pwm.Frequency, pwm.Started));
        buzzer.Sound(0, 0.5);
        Assert.Equal(PwmBuzzerDriver.DefaultToneHz, pwm.Frequency);
        Assert.Equal(1.0 / 6, pwm.Started!.Value, precision: 9);
        buzzer.Silence();
        Assert.False(pwm.IsRunning);

        pwm.Refuses = true;
        Assert.Throws<IOException>(() => buzzer.Sound(2000, 1));
        pwm.Refuses = false;
        buzzer.Sound(2000, 1);
        Assert.True(pwm.IsRunning);
    }

    /// <summary>Eight seconds of an alarm in the dark; an output may be gone for the first four.</summary>
    private static (IReadOnlyList<(TimeSpan, bool)> Sound, IReadOnlyList<string> Lines) Play(int? gone)
    {
        var (time, log) = (new FakeTimeProvider(), new ListLogger<Buzzer>());
        using var board = Board.Open(Wired, time);
        var start = time.GetTimestamp();
        board.Recording!.BeforeWrite = line =>
        {
            if (line == gone && time.GetElapsedTime(start) < TimeSpan.FromSeconds(4)) throw new IOException("no such device");
        };
        using (var buzzer = new Buzzer(board, Wired, alert => alert.Sound, time, log))
        using (var infrared = new InfraredLamp(board.Infrared!, time))
        {
            for (var at = TimeSpan.Zero; at < TimeSpan.FromSeconds(8); at += Tick)
            {
                var seen = new Observation(at, new FaceReading { Sight = Sight.Driver }, Cab: new CabReading(AmbientLux: 1));
                var outcome = new Outcome(at, default, new(AlertLevel.Alarm, AlertRule.EyesClosed), []);
                buzzer.Emit(seen, outcome);
                infrared.Emit(seen, outcome);
                time.Advance(Tick);
            }
        }

        var sound = board.Recording.Edges.Where(edge => edge.Line == BuzzerLine).Select(edge => (edge.At, edge.High));
        return ([.. sound], log.Lines);
    }
}
