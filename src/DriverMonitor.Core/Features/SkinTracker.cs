using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>The skin conductance of the driver who sits there now; the consent to the pulse covers it.</summary>
internal sealed class SkinTracker(SkinSettings settings) : IModalityTracker
{
    private SkinConductanceAnalyzer _analyzer = new(settings);

    public void Add(TimeSpan at, in SkinReading reading) => _analyzer.Add(at, reading);

    public SkinFeatures Step(TimeSpan at) => _analyzer.Step(at);

    public void Reset(TimeSpan before, TimeSpan at) => ChangeDriver();

    public void ChangeDriver() => _analyzer = new(settings);

    public void Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & Modalities.Heart) != 0) ChangeDriver();
    }
}
