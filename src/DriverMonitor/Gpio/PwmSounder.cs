using System.Device.Pwm;

namespace DriverMonitor.Gpio;

/// <summary>
/// A passive buzzer on hardware PWM. Tones made in software burn a core and come out at the wrong pitch,
/// so there is no other way to drive one.
/// </summary>
internal sealed class PwmSounder(PwmChannel channel) : ISounder, IDisposable
{
    /// <summary>Where a piezo is loudest and most cheap ones have their resonance; used when a pattern names no tone.</summary>
    public const int DefaultToneHz = 2700;

    public void Sound(int toneHz)
    {
        channel.Frequency = toneHz > 0 ? toneHz : DefaultToneHz;
        // A square wave is loudest at half; setting it again follows the new period.
        channel.DutyCycle = 0.5;
        channel.Start();
    }

    public void Silence() => channel.Stop();

    public void Dispose() => channel.Dispose();
}
