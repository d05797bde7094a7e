using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>
/// What the broker's numbers mean for the link (MQTT 5.0, 2.4; MQTT 3.1.1, 3.2.2.3). The table in deploy/mosquitto/README.md says
/// the same.
/// </summary>
internal static class ReasonCodes
{
    public const int PacketTooLarge = 0x95;

    /// <summary>Each number, its meaning for us, and what a human can do about it; null where there is nothing to do.</summary>
    private static readonly Dictionary<int, (string Name, ConnectionEvent News, string? Remedy)> Table = new()
    {
        [0x80] = ("unspecified error", ConnectionEvent.Lost, null),
        [0x81] = ("malformed packet", ConnectionEvent.Lost, null),
        [0x82] = ("protocol error", ConnectionEvent.Lost, null),
        [0x83] = ("implementation specific error", ConnectionEvent.Lost, null),
        [0x84] = ("unsupported protocol version", ConnectionEvent.OldBroker, null),
        [0x85] = ("client identifier not valid", ConnectionEvent.NotAuthorised, "allow the client id dm-TENANT-VEHICLE there"),
        [0x86] = ("bad user name or password", ConnectionEvent.NotAuthorised, "check Mqtt:User and Mqtt:PasswordFile"),
        [0x87] = (
            "not authorized",
            ConnectionEvent.NotAuthorised,
            "check Mqtt:User, the certificate and the broker's access list"),
        [0x88] = ("server unavailable", ConnectionEvent.Busy, null),
        [0x89] = ("server busy", ConnectionEvent.Busy, null),
        [0x8a] = ("banned", ConnectionEvent.NotAuthorised, "the broker's operator has shut this vehicle out"),
        [0x8b] = ("server shutting down", ConnectionEvent.Lost, null),
        [0x8c] = (
            "bad authentication method",
            ConnectionEvent.NotAuthorised,
            "the vehicle knows user and password, and certificates"),
        [0x8d] = ("keep alive timeout", ConnectionEvent.Lost, null),
        [0x8e] = ("session taken over", ConnectionEvent.TakenOver, "give each vehicle an Mqtt:Vehicle of its own"),
        [0x90] = ("topic name invalid", ConnectionEvent.Unfit, "allow topics below dm/v1/TENANT/VEHICLE there"),
        [0x93] = ("receive maximum exceeded", ConnectionEvent.Lost, null),
        [0x94] = ("topic alias invalid", ConnectionEvent.Lost, null),
        [PacketTooLarge] = (
            "packet too large",
            ConnectionEvent.Lost,
            "allow packets of 16384 bytes there (mosquitto: max_packet_size)"),
        [0x96] = ("message rate too high", ConnectionEvent.Busy, null),
        [0x97] = ("quota exceeded", ConnectionEvent.Busy, null),
        [0x98] = ("administrative action", ConnectionEvent.Busy, null),
        [0x99] = ("payload format invalid", ConnectionEvent.Unfit, "allow UTF-8 payloads there"),
        [0x9a] = (
            "retain not supported",
            ConnectionEvent.Unfit,
            "allow retained messages there (mosquitto: retain_available true)"),
        [0x9b] = ("QoS not supported", ConnectionEvent.Unfit, "allow QoS 1 there (mosquitto: max_qos 1)"),
        [0x9c] = ("use another server", ConnectionEvent.Unfit, "put the server it names into Mqtt:Brokers"),
        [0x9d] = ("server moved", ConnectionEvent.Unfit, "put its new address into Mqtt:Brokers"),
        [0x9f] = ("connection rate exceeded", ConnectionEvent.Busy, null),
        [0xa0] = ("maximum connect time", ConnectionEvent.Lost, null),
    };

    public static ConnectionEvent NewsOf(MqttClientConnectResultCode code) =>
        (int)code switch
        {
            // An old broker answers a new CONNECT in its own numbers, and the library passes them on.
            0 => ConnectionEvent.Connected,
            1 => ConnectionEvent.OldBroker,
            2 or 4 or 5 => ConnectionEvent.NotAuthorised,
            3 => ConnectionEvent.Busy,
            // It would refuse the same CONNECT again.
            PacketTooLarge => ConnectionEvent.Unfit,
            var other => Table.TryGetValue(other, out var row) && row.News != ConnectionEvent.Lost
                ? row.News
                : ConnectionEvent.Unreachable,
        };

    public static ConnectionEvent NewsOf(MqttClientDisconnectedEventArgs gone) =>
        Table.TryGetValue((int)gone.Reason, out var row) && row.News != ConnectionEvent.OldBroker
            ? row.News
            : ConnectionEvent.Lost;

    /// <summary>A number in words, with what the broker said of it and what to do, without a full stop.</summary>
    public static string Explain(int code, string? said)
    {
        var (name, _, remedy) = Table.TryGetValue(code, out var row) ? row : (OldName(code), default, null);
        return $"0x{code:x2} {name}"
            + (string.IsNullOrWhiteSpace(said) ? "" : $" ({Printable(said)})")
            + (remedy is null ? "" : $"; {remedy}");
    }

    private static string OldName(int code) => code switch
    {
        1 => "unacceptable protocol version",
        2 => "identifier rejected",
        3 => "server unavailable",
        4 => "bad user name or password",
        5 => "not authorized",
        _ => "unknown",
    };

    /// <summary>A broker's own words are foreign: short, on one line.</summary>
    private static string Printable(string said) =>
        string.Concat(said.Take(200).Select(letter => char.IsControl(letter) ? $"\\x{(int)letter:x2}" : letter.ToString()));
}
