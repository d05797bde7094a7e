using DriverMonitor.Core;

namespace DriverMonitor.Host;

/// <summary>Hears every outcome, on the loop's own thread: it must return at once and do slow work elsewhere.</summary>
internal interface IEventSink
{
    void Emit(in Outcome outcome);
}
