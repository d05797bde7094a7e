using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>What the broker's numbers mean for the link.</summary>
internal static class ReasonCodes
{
    public static LinkNews NewsOf(MqttClientConnectResultCode code) => (int)code switch
    {
        // An old broker answers a new CONNECT in its own numbers, and the library passes them on.
        1 => LinkNews.OldBroker,
        2 or 4 or 5 => LinkNews.NotAuthorised,
        3 => LinkNews.Busy,
        _ => NewsOfNew(code),
    };

    public static LinkNews NewsOf(MqttClientDisconnectedEventArgs gone) => gone.Reason switch
    {
        MqttClientDisconnectReason.NotAuthorized => LinkNews.NotAuthorised,
        MqttClientDisconnectReason.SessionTakenOver => LinkNews.TakenOver,
        MqttClientDisconnectReason.ServerBusy or MqttClientDisconnectReason.QuotaExceeded
            or MqttClientDisconnectReason.MessageRateTooHigh or MqttClientDisconnectReason.ConnectionRateExceeded => LinkNews.Busy,
        _ => LinkNews.Lost,
    };

    private static LinkNews NewsOfNew(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.Success => LinkNews.Connected,
        MqttClientConnectResultCode.UnsupportedProtocolVersion => LinkNews.OldBroker,
        MqttClientConnectResultCode.ClientIdentifierNotValid or MqttClientConnectResultCode.BadUserNameOrPassword
            or MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned
            or MqttClientConnectResultCode.BadAuthenticationMethod => LinkNews.NotAuthorised,
        MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy
            or MqttClientConnectResultCode.QuotaExceeded or MqttClientConnectResultCode.ConnectionRateExceeded => LinkNews.Busy,
        _ => LinkNews.Unreachable,
    };
}
