using DriverMonitor.Core;

namespace DriverMonitor.Hosting;

/// <summary>A sink whose failures are its part's, and nobody else's.</summary>
internal sealed class GuardedSink(IEventSink sink, ServicePart part, Supervisor supervisor) : IEventSink
{
    private readonly SupervisedPart _part = supervisor.Of(part);

    public void Emit(in Observation seen, in Outcome outcome)
    {
        try
        {
            supervisor.Inject(part);
            sink.Emit(seen, outcome);
        }
        catch (Exception e) when (_part.Contain(e))
        {
            // noted
        }
    }
}
