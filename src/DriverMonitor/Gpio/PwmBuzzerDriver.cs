using System.Device.Pwm;
using Piezo = Iot.Device.Buzzer.Buzzer;

namespace DriverMonitor.Gpio;

/// <summary>
/// A passive buzzer on hardware PWM. Tones made in software burn a core and come out at the wrong pitch,
/// so there is no other way to drive one.
/// </summary>
internal sealed class PwmBuzzerDriver(PwmChannel channel) : IBuzzerDriver, IDisposable
{
    // Its way to play a tone of some length sleeps on the calling thread: the player's own clock ends tones here.
    private readonly Piezo _piezo = new(channel);

    /// <summary>Where a piezo is loudest and most cheap ones have their resonance; used when a pattern names no tone.</summary>
    public const int DefaultToneHz = 2700;

    public void Sound(int toneHz, double volume)
    {
        var tone = toneHz > 0 ? toneHz : DefaultToneHz;
        channel.Frequency = tone;
        // The duty is written in nanoseconds, and follows the new period.
        channel.DutyCycle = DutyFor(volume);
        _piezo.StartPlaying(tone);
    }

    public void Silence() => _piezo.StopPlaying();

    public void Dispose() => _piezo.Dispose();

    /// <summary>The tone's amplitude goes with the sine of pi times the duty: full at one half, half of it at a sixth.</summary>
    internal static double DutyFor(double volume) => Math.Asin(Math.Clamp(volume, 0, 1)) / Math.PI;
}
