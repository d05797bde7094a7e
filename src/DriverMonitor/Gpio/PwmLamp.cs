using System.Device.Pwm;

namespace DriverMonitor.Gpio;

/// <summary>Lamps on hardware PWM: on is a share of the time, far faster than a camera exposes.</summary>
/// <param name="duty">Above 0 to 1; never more than is safe for eyes.</param>
internal sealed class PwmLamp(PwmChannel channel, double duty) : IDisposable
{
    /// <summary>An exposure of 1 ms sees twenty turns, and nobody hears a coil whistle.</summary>
    public const int FrequencyHz = 20_000;

    public void Set(bool on)
    {
        if (!on)
        {
            channel.Stop();
            return;
        }

        channel.DutyCycle = duty;
        channel.Start();
    }

    public void Dispose() => channel.Dispose();
}
