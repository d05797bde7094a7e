using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>Connects a client that only looks in, in whichever version of MQTT the broker understands.</summary>
internal static class BrokerVisit
{
    /// <summary>The broker's answer, and whether it was asked in MQTT 3.1.1.</summary>
    public static async Task<(MqttClientConnectResultCode Answer, bool IsOld)> ConnectAsync(
        IMqttClient client, MqttSettings settings, BrokerAddress broker, string name, TimeProvider time, CancellationToken stop)
    {
        for (var protocol = new ProtocolChoice(settings.Protocol); ;)
        {
            var isOld = protocol.IsOld;
            var news = ConnectionEvent.Unanswered;
            try
            {
                var answer = await client.ConnectAsync(ClientOptions.ForVisit(settings, broker, name, time, isOld), stop);
                news = ReasonCodes.NewsOf(answer.ResultCode);
                if (!protocol.Step(news)) return (answer.ResultCode, isOld);
            }
            catch (Exception e) when (!isOld && settings.Protocol == ProtocolChoice.Auto && BrokerConnection.IsUnanswered(e) && !stop.IsCancellationRequested)
            {
                protocol.Step(news);
            }
        }
    }
}
