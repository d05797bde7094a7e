using DriverMonitor.Core;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>
/// Tells every sink, in order (the buzzer comes first); one that fails is logged and counted, the others still hear.
/// </summary>
internal sealed partial class FanOut(IReadOnlyList<IEventSink> sinks, ILogger log) : IEventSink
{
    private readonly IEventSink[] _sinks = [.. sinks];
    private readonly bool[] _failing = new bool[sinks.Count];

    /// <summary>Outcomes that a sink did not take.</summary>
    public long Failures { get; private set; }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        for (var i = 0; i < _sinks.Length; i++)
        {
            try
            {
                _sinks[i].Emit(seen, outcome);
                _failing[i] = false;
            }
#pragma warning disable CA1031 // one dead sink must never silence the others
            catch (Exception e)
            {
                Failures++;
                // Said once until it works again: at 30 pictures a second a log would fill the disk.
                if (!_failing[i]) LogSinkFailed(e, _sinks[i].GetType().Name);
                _failing[i] = true;
            }
#pragma warning restore CA1031
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sink} failed; the other outputs go on.")]
    private partial void LogSinkFailed(Exception e, string sink);
}
