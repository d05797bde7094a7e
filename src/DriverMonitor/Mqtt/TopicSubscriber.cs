using MQTTnet;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Takes one message; null if it was understood, otherwise what is wrong with it. Called on the network's thread.
/// </summary>
internal delegate string? MessageHandler(ReadOnlySpan<byte> body);

/// <summary>
/// Listens to one topic on a connection of its own, so that a gateway's flood cannot hold up an alert, and comes back with
/// the same back-off as the vehicle's link.
/// </summary>
/// <param name="place">Where to listen.</param>
/// <param name="random">0..1, even; tests pass a constant.</param>
internal sealed partial class TopicSubscriber(
    SubscriptionTarget place, MessageHandler handler, TimeProvider time, Func<double> random, ILogger<TopicSubscriber> log)
{
    /// <summary>A gateway that is wrong is wrong every second: that is said once, and again after so long.</summary>
    private static readonly TimeSpan ComplainEvery = TimeSpan.FromMinutes(10);

    private readonly ILogger _log = log;
    private readonly long _start = time.GetTimestamp();
    private ConnectionEvent? _complained;
    private TimeSpan? _refusedAt;
    private bool _hasHeard;
    private long _stale;

    /// <summary>Messages that the broker had kept from earlier: a speed of yesterday is not heard.</summary>
    public long Stale => Interlocked.Read(ref _stale);

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var policy = new LinkPolicy(random, TimeSpan.Zero);
        var wait = policy.Step(Now, ConnectionEvent.Started).Wait;
        for (var attempt = 0; ; attempt++)
        {
            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;

            var broker = place.Brokers[attempt % place.Brokers.Count];
            var (news, trouble) = await ListenAsync(broker, () => policy.Step(Now, ConnectionEvent.Connected), stop);
            if (stop.IsCancellationRequested) return;
            LogFailure(news, broker, trouble);
            wait = policy.Step(Now, news).Wait;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>One connection, from CONNECT to its end.</summary>
    private async Task<(ConnectionEvent News, string? Trouble)> ListenAsync(
        BrokerAddress broker, Action connected, CancellationToken stop)
    {
        try
        {
            await using var visit = await TopicSubscription.StartAsync(place, broker, Handle, time, stop);
            if (visit.Refusal is { } refusal) return (ConnectionEvent.NotAuthorised, refusal);

            connected();
            _complained = null;
            LogListening(place.What, place.Topic, broker);
            return (await visit.Ended.WaitAsync(stop), null);
        }
        catch (MqttFileException e)
        {
            return (ConnectionEvent.NotAuthorised, e.Message);
        }
        catch (Exception e) when (BrokerConnection.IsTrouble(e))
        {
            return (ConnectionEvent.Unreachable, BrokerConnection.Explain(e, place.Connection.Tls is not null));
        }
    }

    private void Handle(MqttApplicationMessage message)
    {
        if (message.Retain)
        {
            Interlocked.Increment(ref _stale);
            return;
        }

        if (handler(TopicSubscription.Body(message)) is { } flaw)
        {
            if (_refusedAt is { } last && Now - last < ComplainEvery) return;
            _refusedAt = Now;
            LogRefused(place.What, place.Topic, flaw);
        }
        else if (!_hasHeard)
        {
            _hasHeard = true;
            LogHeard(place.What);
        }
    }

    /// <summary>Once for each kind of trouble, until a connection stands again.</summary>
    private void LogFailure(ConnectionEvent news, BrokerAddress broker, string? trouble)
    {
        _hasHeard = false;
        if (_complained == news) return;
        _complained = news;
        if (news == ConnectionEvent.NotAuthorised) LogNotAuthorised(place.What, broker, trouble ?? "not authorised");
        else LogLost(place.What, broker, trouble ?? "the broker closed the connection");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening for the {What} on {Topic} at {Broker}.")]
    private partial void LogListening(string what, string topic, BrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {What} is heard.")]
    private partial void LogHeard(string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of the {What} on {Topic} is not understood: {Flaw}. Such messages are ignored.")]
    private partial void LogRefused(string what, string topic, string flaw);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {What} cannot be heard: broker {Broker}: {Reason}. Retrying.")]
    private partial void LogLost(string what, BrokerAddress broker, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {What} may not be heard: broker {Broker}: {Reason}. Allow us to read its topic; retrying in 5 minutes.")]
    private partial void LogNotAuthorised(string what, BrokerAddress broker, string reason);
}
