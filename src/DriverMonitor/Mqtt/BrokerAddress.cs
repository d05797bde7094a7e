using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DriverMonitor.Mqtt;

/// <summary>One broker: a name or address and a port.</summary>
internal sealed record BrokerAddress(string Host, int Port)
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    /// <summary>Reads <c>host</c>, <c>host:port</c> and <c>[v6]:port</c>.</summary>
    public static bool TryParse(string text, bool tls, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;
        var end = text.LastIndexOf(']');
        var colon = text.IndexOf(':', Math.Max(end, 0));
        var host = (colon < 0 ? text : text[..colon]).Trim('[', ']');
        var port = tls ? TlsPort : PlainPort;
        if (colon >= 0 && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            return false;
        if (port is < 1 or > 65535 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return false;
        address = new(host, port);
        return true;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
