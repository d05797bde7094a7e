using System.Buffers;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Hosting;

namespace DriverMonitor.Recording;

/// <summary>Every event, and every second's figures, as one line of JSON, in the order of time.</summary>
internal sealed class EventFile : IEventSink, IDisposable
{
    private readonly Stream _file;
    private readonly ArrayBufferWriter<byte> _written = new(1024);
    private readonly EventLines _lines;

    /// <param name="file">Where the lines go; it is closed with this.</param>
    /// <param name="origin">What judges.</param>
    /// <param name="policy">What its reader may be told; null for the settings' defaults.</param>
    public EventFile(Stream file, WireOrigin origin = default, DisclosurePolicy? policy = null)
    {
        _file = file;
        _lines = new EventLines(_written, origin, (policy ?? DisclosurePolicy.Usual).To(Audience.File));
    }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (outcome.Events.IsDefaultOrEmpty && outcome.Scores is null) return;

        if (!outcome.Events.IsDefault)
            foreach (var happened in outcome.Events) _lines.Write(happened);
        if (outcome.Scores is { } second) _lines.Write(second);
        _file.Write(_written.WrittenSpan);
        _written.ResetWrittenCount();
    }

    public void Dispose()
    {
        _lines.Dispose();
        _file.Dispose();
    }
}
