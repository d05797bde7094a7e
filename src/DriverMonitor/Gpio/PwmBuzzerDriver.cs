using System.Device.Pwm;

namespace DriverMonitor.Gpio;

/// <summary>
/// A passive buzzer on hardware PWM. Tones made in software burn a core and come out at the wrong pitch,
/// so there is no other way to drive one.
/// </summary>
internal sealed class PwmBuzzerDriver(PwmChannel channel) : IBuzzerDriver, IDisposable
{
    /// <summary>Where a piezo is loudest and most cheap ones have their resonance; used when a pattern names no tone.</summary>
    public const int DefaultToneHz = 2700;

    public void Sound(int toneHz, double volume)
    {
        channel.Frequency = toneHz > 0 ? toneHz : DefaultToneHz;
        // Setting it again follows the new period.
        channel.DutyCycle = DutyFor(volume);
        channel.Start();
    }

    public void Silence() => channel.Stop();

    public void Dispose() => channel.Dispose();

    /// <summary>The tone's amplitude goes with the sine of pi times the duty: full at one half, half of it at a sixth.</summary>
    internal static double DutyFor(double volume) => Math.Asin(Math.Clamp(volume, 0, 1)) / Math.PI;
}
