using DriverMonitor.Core;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Hosting;

namespace DriverMonitor.Drivers;

/// <summary>
/// Keeps what was learned every ten minutes, because a vehicle's power goes without a word, and once more at the end. A slow
/// card must not hold up the loop: the writing is done beside it.
/// </summary>
internal sealed class ProfileSink(MonitorPipeline pipeline, ProfileStore store) : IEventSink, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private TimeSpan _savedAt;
    private Task _saving = Task.CompletedTask;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (outcome.At - _savedAt < Every || !_saving.IsCompleted) return;
        _savedAt = outcome.At;
        var profile = pipeline.Profile();
        _saving = Task.Run(() => store.Save(profile));
    }

    /// <summary>Call it when the loop is over.</summary>
    public void Dispose()
    {
        _saving.GetAwaiter().GetResult();
        store.Save(pipeline.Profile());
    }
}
