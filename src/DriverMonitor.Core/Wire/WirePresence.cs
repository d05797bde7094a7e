using System.Buffers;
using System.Text.Json;
using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Wire;

/// <summary>Whether the vehicle is there: retained by the broker as birth, farewell or last will.</summary>
public static class WirePresence
{
    public static byte[] Online(WireIdentity who) => Write(who, "online");

    /// <summary>The program was stopped properly.</summary>
    public static byte[] Offline(WireIdentity who) => Write(who, "offline");

    /// <summary>The broker's word when the vehicle vanished.</summary>
    public static byte[] Lost(WireIdentity who) => Write(who, "lost");

    private static byte[] Write(WireIdentity who, string status)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("st", status);
        json.WriteNumber("boot", who.Boot);
        json.WriteString("epoch", who.EpochText);
        json.WriteString("ver", who.Version);
        json.WriteString("privacy", who.Level.ToString());
        if (who is { Camera: { } camera, Level: > WireLevel.P0 }) json.WriteString("camera", camera);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
