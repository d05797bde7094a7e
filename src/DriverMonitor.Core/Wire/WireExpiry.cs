using System.Globalization;
using System.Text;

namespace DriverMonitor.Core.Wire;

/// <summary>Says inside a message until when it is worth reading, for brokers that cannot say it outside (MQTT 3.1.1).</summary>
public static class WireExpiry
{
    /// <param name="body">A JSON object with at least one member.</param>
    /// <param name="until">Becomes the last member, <c>exp</c>.</param>
    public static byte[] Add(ReadOnlySpan<byte> body, DateTimeOffset until)
    {
        var end = body.LastIndexOf((byte)'}');
        var member = Encoding.ASCII.GetBytes(
            until.UtcDateTime.ToString("',\"exp\":\"'yyyy-MM-dd'T'HH:mm:ss'Z\"}'", CultureInfo.InvariantCulture));
        return [.. body[..end], .. member];
    }
}
