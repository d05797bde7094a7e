using DriverMonitor.Core;

namespace DriverMonitor.Hosting;

/// <summary>
/// Hears every step of the judgement, on the loop's own thread: it must return at once and do slow work elsewhere.
/// Mostly nothing happened, so it must not allocate then either.
/// </summary>
internal interface IEventSink
{
    void Emit(in Observation seen, in Outcome outcome);
}
