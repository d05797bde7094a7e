using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>What the broker's numbers mean for the link.</summary>
internal static class ReasonCodes
{
    public static LinkNews NewsOf(MqttClientConnectResultCode code) => code switch
    {
        MqttClientConnectResultCode.Success => LinkNews.Connected,
        MqttClientConnectResultCode.ClientIdentifierNotValid or MqttClientConnectResultCode.BadUserNameOrPassword
            or MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned
            or MqttClientConnectResultCode.BadAuthenticationMethod => LinkNews.NotAuthorised,
        MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy
            or MqttClientConnectResultCode.QuotaExceeded or MqttClientConnectResultCode.ConnectionRateExceeded => LinkNews.Busy,
        _ => LinkNews.Unreachable,
    };

    public static LinkNews NewsOf(MqttClientDisconnectedEventArgs gone) => gone.Reason switch
    {
        MqttClientDisconnectReason.NotAuthorized => LinkNews.NotAuthorised,
        MqttClientDisconnectReason.SessionTakenOver => LinkNews.TakenOver,
        MqttClientDisconnectReason.ServerBusy or MqttClientDisconnectReason.QuotaExceeded
            or MqttClientDisconnectReason.MessageRateTooHigh or MqttClientDisconnectReason.ConnectionRateExceeded => LinkNews.Busy,
        _ => LinkNews.Lost,
    };
}
