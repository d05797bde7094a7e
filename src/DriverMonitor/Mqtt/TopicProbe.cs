using DriverMonitor.Configuration;
using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>Tries a gateway for <c>drivermonitor check</c>: listens for a few seconds, under a name of its own.</summary>
internal static class TopicProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="part">What the line is about: <c>heart</c>, <c>vehicle</c>.</param>
    public static async Task<CheckLine> CheckAsync(
        string part, SubscriptionTarget place, MessageHandler ear, TimeProvider time, CancellationToken stop)
    {
        var heard = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var broker = place.Brokers[0];
        try
        {
            await using var visit = await TopicSubscription.StartAsync(
                place, broker, Handle, time, stop, $"{place.ClientId}-check");
            if (visit.Refusal is { } refusal)
                return new(
                    part,
                    Ok: false,
                    $"{broker} does not let us hear {place.Topic} ({refusal}); check its users and its access list");

            await ((Task)heard.Task).WaitAsync(Patience, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.ThrowIfCancellationRequested();
            return !heard.Task.IsCompletedSuccessfully
                    ? new(
                        part,
                        Ok: false,
                        $"nothing came on {place.Topic} at {broker} within {Patience.TotalSeconds:0} s; is the gateway on, and may we read there?"
                    )
                : heard.Task.Result is { } flaw
                    ? new(part, Ok: false, $"the gateway on {place.Topic} is not understood: {flaw}; see deploy/gateways.md")
                    : new(part, Ok: true, $"the gateway on {place.Topic} at {broker} is heard");
        }
        catch (MqttFileException e)
        {
            return new(part, Ok: false, e.Message);
        }
        catch (Exception e) when (!stop.IsCancellationRequested && BrokerConnection.IsTrouble(e))
        {
            return new(
                part,
                Ok: false,
                $"{broker} cannot be reached: {BrokerConnection.Explain(e, place.Connection.Tls is not null)}; check the gateway's Broker and that it runs"
            );
        }

        // One good message is enough; of a gateway that sends nothing good, the first flaw is told.
        void Handle(MqttApplicationMessage message)
        {
            if (!message.Retain) heard.TrySetResult(ear(TopicSubscription.Body(message)));
        }
    }
}
