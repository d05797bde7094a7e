using System.Buffers;
using System.Text.Json;

namespace DriverMonitor.Core.Wire;

/// <summary>
/// Counters since the start, of the monitor and never of the driver: from two of them a fleet sees what a vehicle lacks.
/// </summary>
/// <param name="Pictures">Judged, and how many of them showed the driver.</param>
/// <param name="Packets">From the heart strap.</param>
/// <param name="Alerts">Raised.</param>
/// <param name="Connections">To a broker.</param>
/// <param name="Refused">Messages that a broker took and refused.</param>
public sealed record WireHealth(
    TimeSpan Up, long Pictures, long Faces, long Packets, long Alerts, long Connections, long Refused, long Waiting, long Dropped)
{
    public byte[] Write(WireIdentity who)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("boot", who.Boot);
        json.WriteString("ver", who.Version);
        json.WriteNumber("upS", (long)Up.TotalSeconds);
        json.WriteNumber("pictures", Pictures);
        json.WriteNumber("faces", Faces);
        json.WriteNumber("packets", Packets);
        json.WriteNumber("alerts", Alerts);
        json.WriteNumber("connections", Connections);
        json.WriteNumber("refused", Refused);
        json.WriteNumber("waiting", Waiting);
        json.WriteNumber("dropped", Dropped);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
