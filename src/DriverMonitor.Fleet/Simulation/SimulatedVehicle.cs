using DriverMonitor.Core.Commands;
using DriverMonitor.Core.Events;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>
/// A vehicle that drives for some hours in as short a time as the broker lets it: events by the product's own writers, sent until
/// they are acknowledged, and again when the fleet says that they are missing.
/// </summary>
internal sealed class SimulatedVehicle(VehicleMessages says, double alertsPerHour, double hours, Random random)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Fifty a second, as the vehicle's own program sends what had to wait.</summary>
    private static readonly TimeSpan ResendPause = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<long, (string Topic, byte[] Body)> _events = [];
    private readonly Queue<long> _again = new();
    private long _states;
    private long _last;

    /// <summary>Waited after each event; none without.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>Ends the drive before its time.</summary>
    public Func<bool>? IsOver { get; init; }

    /// <summary>Null: done when the broker has everything.</summary>
    public Func<Task<bool>>? IsDone { get; init; }

    /// <summary>Numbered events that were made.</summary>
    public long Events => Volatile.Read(ref _last);

    /// <summary>How often the fleet said that something is missing.</summary>
    public int Asked { get; private set; }

    /// <summary>Messages that were sent, with states, health and repeats.</summary>
    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    public int Connections { get; private set; }

    /// <summary>The drive is over and the broker has acknowledged it.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Returns when every event was acknowledged.</summary>
    public async Task RunAsync(Func<MqttClientOptionsBuilder> broker, TimeProvider time, CancellationToken stop)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += HandleAsync;
        foreach (var (seq, message, isEvent) in Drive())
        {
            if (isEvent) Keep(seq, message);
            await SendAsync(client, broker, message, isEvent, time, stop);
            if (isEvent && Pace > TimeSpan.Zero) await Task.Delay(Pace, time, stop);
            await SendAgainAsync(client, broker, time, stop);
        }

        IsSent = true;
        while (IsDone is not null && !await IsDone())
        {
            await SendAgainAsync(client, broker, time, stop);
            await Task.Delay(Pause * 6, time, stop);
            // As every hour: only a later number shows that the last one was lost.
            var (seq, head) = (_last + 1, says.AuditHead(_last + 1, TimeSpan.FromHours(hours), _last));
            Keep(seq, head);
            await SendAsync(client, broker, head, true, time, stop);
            await Task.Delay(Pause, time, stop);
        }

        await SendAsync(client, broker, says.Offline(), true, time, stop);
        await client.DisconnectAsync(cancellationToken: stop);
    }

    /// <summary>
    /// The mix of a drive: a state every 30 s, health every 5 min, an audit head an hour, and alerts of 2.3 phases.
    /// </summary>
    private IEnumerable<(long Seq, (string, byte[]) Message, bool IsEvent)> Drive()
    {
        var (seq, episode, end) = (0L, 0, TimeSpan.FromHours(hours));
        var next = Gap();
        yield return (0, says.Online(), false);
        for (var at = TimeSpan.Zero; at < end && IsOver?.Invoke() != true; at += TimeSpan.FromSeconds(30))
        {
            yield return (0, says.State(++_states, alert: 0), false);
            if (at.TotalSeconds % 300 == 0) yield return (0, says.Health(at, episode), false);
            if (at.TotalSeconds % 3600 == 0) yield return (++seq, says.AuditHead(seq, at, seq), true);
            for (; next <= at; next += Gap())
            {
                yield return (++seq, says.Alert(seq, next, AlertPhase.Raised, ++episode), true);
                if (random.NextDouble() < 0.3)
                    yield return (++seq, says.Alert(seq, next + TimeSpan.FromSeconds(2), AlertPhase.Escalated, episode), true);
                yield return (++seq, says.Alert(seq, next + TimeSpan.FromSeconds(5), AlertPhase.Cleared, episode), true);
            }
        }

        yield return (++seq, says.Trip(seq, end, 1, end), true);
    }

    private TimeSpan Gap() => TimeSpan.FromHours(-Math.Log(1 - random.NextDouble()) / alertsPerHour);

    private async Task SendAsync(
        IMqttClient client, Func<MqttClientOptionsBuilder> broker, (string Topic, byte[] Body) message, bool isSure,
        TimeProvider time, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                if (!client.IsConnected) await ConnectAsync(client, broker, stop);
                var result = await client.PublishAsync(
                    new MqttApplicationMessageBuilder().WithTopic(message.Topic).WithPayload(message.Body)
                        .WithQualityOfServiceLevel(
                            isSure ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce).Build(), stop);
                if (result.IsSuccess)
                {
                    Messages++;
                    Bytes += message.Topic.Length + message.Body.Length;
                    return;
                }
            }
            catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException or TimeoutException
                || e is OperationCanceledException && !stop.IsCancellationRequested)
            {
                // Gone or full: the vehicle keeps it and comes again.
            }

            await Task.Delay(Pause * (1 + random.NextDouble()), time, stop);
        }
    }

    private async Task ConnectAsync(IMqttClient client, Func<MqttClientOptionsBuilder> broker, CancellationToken stop)
    {
        var options = broker().WithCleanStart().WithTimeout(TimeSpan.FromSeconds(30)).Build();
        var result = await client.ConnectAsync(options, stop);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"refused: {result.ResultCode}");
        Connections++;
        await client.SubscribeAsync($"{says.Root}/cmd/#", MqttQualityOfServiceLevel.AtLeastOnce, stop);
    }

    private Task HandleAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var body = System.Buffers.BuffersExtensions.ToArray(received.ApplicationMessage.Payload);
        if (CommandReader.Read(body, "hwm").Order?.Order is FleetCommand.HighWaterMark mark) Handle(mark);
        return Task.CompletedTask;
    }

    /// <summary>Deletes what the fleet has and sends the rest again, as the vehicle's own program does.</summary>
    private void Handle(FleetCommand.HighWaterMark mark)
    {
        lock (_events)
        {
            if (mark.Missing.Any()) Asked++;
            foreach (var seq in _events.Keys.Order().ToList())
            {
                if (mark.Missing.Any(range => range.Contains(seq))) _again.Enqueue(seq);
                else if (seq <= mark.UpTo) _events.Remove(seq);
            }
        }
    }

    private void Keep(long seq, (string Topic, byte[] Body) message)
    {
        lock (_events) _events[seq] = message;
        Volatile.Write(ref _last, seq);
    }

    private async Task SendAgainAsync(
        IMqttClient client, Func<MqttClientOptionsBuilder> broker, TimeProvider time, CancellationToken stop)
    {
        while (TakeAgain() is { } message)
        {
            await SendAsync(client, broker, message, true, time, stop);
            await Task.Delay(ResendPause, time, stop);
        }
    }

    private (string Topic, byte[] Body)? TakeAgain()
    {
        lock (_events)
        {
            while (_again.TryDequeue(out var seq))
            {
                if (_events.TryGetValue(seq, out var message)) return message;
            }

            return null;
        }
    }
}
