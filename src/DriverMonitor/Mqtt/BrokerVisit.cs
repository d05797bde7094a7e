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
                if (protocol.Step(news)) continue;
                var wanted = TimeSpan.FromSeconds(answer.ServerKeepAlive);
                // The library reads the broker's keep-alive and keeps to ours; the broker would close the connection.
                if (wanted > TimeSpan.Zero && wanted < settings.KeepAlive) _ = PingAsync(client, wanted / 2, time);
                return (answer.ResultCode, isOld);
            }
            catch (Exception e) when (!isOld && settings.Protocol == ProtocolChoice.Auto
                && BrokerConnection.IsUnanswered(e) && !stop.IsCancellationRequested)
            {
                protocol.Step(news);
            }
        }
    }

    /// <summary>Until the connection ends; whoever uses it hears of that by itself.</summary>
    private static async Task PingAsync(IMqttClient client, TimeSpan every, TimeProvider time)
    {
        try
        {
            while (client.IsConnected)
            {
                await Task.Delay(every, time);
                if (client.IsConnected) await client.PingAsync();
            }
        }
        catch (Exception e) when (BrokerConnection.IsTrouble(e))
        {
        }
    }
}
