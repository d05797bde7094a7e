using System.Device.Pwm;

namespace DriverMonitor.Tests.Support;

/// <summary>A PWM channel that remembers whether it runs, and how.</summary>
internal sealed class FakePwm : PwmChannel
{
    public bool IsRunning { get; private set; }

    /// <summary>Its chip is gone.</summary>
    public bool Refuses { get; set; }

    /// <summary>The share of the time that the line was high when it was last started.</summary>
    public double? Started { get; private set; }

    public override int Frequency { get; set; } = 20_000;

    public override double DutyCycle { get; set; }

    public override void Start()
    {
        ThrowIfGone();
        (IsRunning, Started) = (true, DutyCycle);
    }

    public override void Stop()
    {
        ThrowIfGone();
        IsRunning = false;
    }

    private void ThrowIfGone()
    {
        if (Refuses) throw new IOException("No such device");
    }
}
