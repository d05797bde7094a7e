using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.HeartRate;

/// <summary>The pulse of the driver who sits there now.</summary>
/// <param name="record">Keeps every beat: for replays.</param>
internal sealed class HeartTracker(HeartSettings settings, HeartRecord? record) : IModalityTracker
{
    private HeartRateAnalyzer _analyzer = new(settings);

    /// <summary>Packets dropped because they came minutes late.</summary>
    public long DroppedPackets { get; private set; }

    /// <summary>A packet that comes late takes its place among the beats; what was judged since stays judged.</summary>
    public void Add(TimeSpan at, in HeartPacket packet)
    {
        if (!_analyzer.Add(at, packet)) DroppedPackets++;
        else record?.Follow(_analyzer.Series);
    }

    public HeartFeatures Step(TimeSpan at) => _analyzer.Step(at);

    public void Reset(TimeSpan before, TimeSpan at) => ChangeDriver();

    public void ChangeDriver() => _analyzer = new(settings);

    public void Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & Modalities.Heart) != 0) ChangeDriver();
    }
}
