using DriverMonitor.Core;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Host;

/// <summary>Keeps what was learned every ten minutes, because a vehicle's power goes without a word. The file is small.</summary>
internal sealed class ProfileSink(MonitorPipeline pipeline, ProfileStore store) : IEventSink
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private TimeSpan _savedAt;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (outcome.At - _savedAt < Every) return;
        _savedAt = outcome.At;
        store.Save(pipeline.Profile());
    }
}
