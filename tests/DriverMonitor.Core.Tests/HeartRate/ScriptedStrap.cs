using System.Collections.Immutable;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.HeartRate;

/// <summary>A strap that beats by a list and reports once a second, with the beats that struck in that second.</summary>
internal sealed class ScriptedStrap(IReadOnlyList<double> rr, string device = "strap")
{
    private double _clock;
    private int _next;

    public bool IsFinished => _next >= rr.Count;

    /// <summary>The packet of the second that ends at <paramref name="second"/>.</summary>
    public HeartPacket Packet(double second)
    {
        var intervals = ImmutableArray.CreateBuilder<double>();
        while (!IsFinished && _clock + rr[_next] / 1000 <= second)
        {
            _clock += rr[_next] / 1000;
            intervals.Add(rr[_next++]);
        }

        return new(device, 70, StrapContact.Detected, intervals.ToImmutable());
    }
}
