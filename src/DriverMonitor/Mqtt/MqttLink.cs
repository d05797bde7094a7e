using DriverMonitor.Outbox;
using MQTTnet;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Mqtt;

/// <summary>
/// Keeps the vehicle connected and empties the outbox in order. <see cref="LinkPolicy"/> decides, this obeys; one
/// <see cref="LinkSession"/> is one connection. Nothing here is ever waited for by the loop that judges.
/// </summary>
internal sealed partial class MqttLink
{
    private readonly MqttSettings _settings;
    private readonly BrokerAddress[] _brokers;
    private readonly ProtocolChoice[] _protocols;
    private readonly bool[] _saidGuess;
    private readonly PublisherContext _voice;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger<MqttLink> _log;
    private readonly LinkPolicy _policy;
    private readonly AsyncAutoResetEvent _wake = new();
    private readonly PoisonEvents _poison = new();
    private readonly SessionChurn _shortLives = new();
    private readonly long _start;
    private ConnectionEvent? _complained;
    private long _setAside;
    private string? _tooLarge;
    private int _broker;

    /// <param name="settings">Valid ones, with at least one broker.</param>
    /// <param name="random">0..1, even; tests pass a constant.</param>
    public MqttLink(MqttSettings settings, PublisherContext voice, TimeProvider time, Func<double> random, ILogger<MqttLink> log)
    {
        _settings = settings;
        _brokers = [.. settings.Brokers.Select(text => BrokerAddress.TryParse(text, settings.Tls is not null, out var address)
            ? address
            : throw new ArgumentException($"'{text}' is not host:port.", nameof(settings)))];
        _protocols = [.. _brokers.Select(_ => new ProtocolChoice(settings.Protocol))];
        _saidGuess = new bool[_brokers.Length];
        (_voice, _time, _random, _log) = (voice, time, random, log);
        _policy = new(random, settings.FirstConnectSpread, _brokers.Length, settings.ReconnectSpread);
        _start = time.GetTimestamp();
        voice.Outbox.Added += _wake.Ring;
        voice.State.Changed += _wake.Ring;
        voice.Passing.Added += _wake.Ring;
    }

    /// <summary>
    /// Raised on the network's thread for each message below <c>{root}/cmd/</c>; handlers must return at once. The broker hears
    /// "taken" after that, so one that throws loses nothing. Without a handler the vehicle does not listen at all.
    /// </summary>
    public event Action<FleetMessage>? OrderArrived;

    /// <summary>
    /// Raised when a human must change something: one word for machines (<c>link_refused</c>, <c>name_taken</c>), and which
    /// broker.
    /// </summary>
    public event Action<string, string>? Troubled;

    public LinkState State { get; private set; } = LinkState.Idle;

    /// <summary>The time before the next attempt, while in <see cref="LinkState.Backoff"/>.</summary>
    public TimeSpan Wait { get; private set; }

    /// <summary>Messages that a broker took and refused.</summary>
    public long Refusals => _voice.Health.Refusals;

    /// <summary>Runs until stopped; then says goodbye, which takes a few seconds at most.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Enter(ConnectionEvent.Started);
        while (await PauseAsync(stop))
        {
            var news = await ConnectOnceAsync(_brokers[_broker], stop);
            if (news == ConnectionEvent.Stopped) break;
            Enter(news);
        }

        Enter(ConnectionEvent.Stopped);
    }

    private async Task<ConnectionEvent> ConnectOnceAsync(BrokerAddress broker, CancellationToken stop)
    {
        State = LinkState.Connecting;
        var protocol = _protocols[_broker];
        var (isOld, isGuess) = (protocol.IsOld, protocol.IsGuess);
        if (OptionsFor(broker, isOld) is not { } options) return ConnectionEvent.NotAuthorised;

        using var connection = new BrokerConnection(_time, OrderArrived);
        connection.Refused += (topic, code, reason) => OnRefused(broker, topic, code, reason);
        var news = await connection.OpenAsync(options, stop);
        if (isGuess && news == ConnectionEvent.Connected) LogGuessed(broker);
        if (news == ConnectionEvent.Connected) news = await RunSessionAsync(connection, broker, isOld, stop);
        if (protocol.Step(news))
        {
            LogOld(broker, news);
            return ConnectionEvent.OldBroker;
        }

        if (news != ConnectionEvent.Stopped) LogFailure(news, broker, TroubleOf(news, connection, isOld, isGuess));
        return news == ConnectionEvent.OldBroker ? ConnectionEvent.Unfit : news;
    }

    private static string? TroubleOf(ConnectionEvent news, BrokerConnection connection, bool isOld, bool isGuess) => news switch
    {
        ConnectionEvent.OldBroker => $"it does not speak MQTT {(isOld ? ProtocolChoice.Old : ProtocolChoice.New)}; check Mqtt:Protocol",
        ConnectionEvent.Unanswered when isGuess => $"{connection.Trouble}, in MQTT 3.1.1 as in 5",
        _ => connection.Trouble,
    };

    private async Task<ConnectionEvent> RunSessionAsync(
        BrokerConnection connection, BrokerAddress broker, bool isOld, CancellationToken stop)
    {
        _complained = null;
        Enter(ConnectionEvent.Connected);
        _voice.Health.CountConnection();
        LogConnected(broker, _voice.Outbox.Count.Waiting);
        var since = _time.GetTimestamp();
        await using var session = new LinkSession(connection, _voice, new(_voice, isOld, _time), _random, _time, _wake, _poison,
            (entry, reason, fault) => OnSetAside(broker, entry, reason, fault));
        var news = await session.PumpAsync(() => Enter(ConnectionEvent.Drained), stop);
        if (news == ConnectionEvent.Stopped) await session.FarewellAsync();
        if (session.HeldBack is { } held) LogHeldBack(broker, held);
        else if (_shortLives.Step(news, _time.GetElapsedTime(since))) OnShortLives(broker);
        connection.Dispose();
        return news;
    }

    private MqttClientOptions? OptionsFor(BrokerAddress broker, bool isOld)
    {
        try
        {
            return ClientOptions.ForLink(_settings, broker, _voice, isOld);
        }
        catch (MqttFileException e)
        {
            if (_complained != ConnectionEvent.NotAuthorised)
            {
                LogFile(e.Message);
                Troubled?.Invoke("link_refused", "a file named in Mqtt cannot be used");
            }

            _complained = ConnectionEvent.NotAuthorised;
            return null;
        }
    }

    private void Enter(ConnectionEvent news)
    {
        var step = _policy.Step(_time.GetElapsedTime(_start), news);
        Wait = step.Wait;
        State = step.State;
        _broker = step.Broker;
    }

    /// <summary>False if the program ends meanwhile.</summary>
    private async Task<bool> PauseAsync(CancellationToken stop)
    {
        await Task.Delay(Wait, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }

    private void OnRefused(BrokerAddress broker, string topic, int code, string reason)
    {
        var isFirst = _voice.Health.CountRefusal() == 1;
        if (code == ReasonCodes.PacketTooLarge && topic != _tooLarge) LogTooLarge(broker, _tooLarge = topic, reason);
        else if (code != ReasonCodes.PacketTooLarge && isFirst) LogRefused(topic, code, reason);
    }

    /// <summary>The first in words; after that they are counted, or a flood of them would fill the log.</summary>
    private void OnSetAside(BrokerAddress broker, OutboxEntry entry, string reason, Exception? fault)
    {
        if (Interlocked.Increment(ref _setAside) > 1 && fault is null) return;
        LogSetAside(fault, entry.Number, entry.Topic, entry.Body.Length, broker, reason);
    }

    private void OnShortLives(BrokerAddress broker)
    {
        LogShortLives(broker, $"dm-{_settings.Tenant}-{_settings.Vehicle}");
        Troubled?.Invoke("name_taken", $"{broker}");
    }

    private void LogOld(BrokerAddress broker, ConnectionEvent news)
    {
        if (news == ConnectionEvent.OldBroker) LogRefusesNew(broker);
        else if (!_saidGuess[_broker]) LogHungUp(broker);
        _saidGuess[_broker] = true;
    }

    /// <summary>Once for each kind of trouble, until a connection stands again.</summary>
    private void LogFailure(ConnectionEvent news, BrokerAddress broker, string? trouble)
    {
        if (_complained == news) return;
        _complained = news;
        var reason = trouble ?? "the broker closed the connection";
        switch (news)
        {
            case ConnectionEvent.NotAuthorised:
                LogNotAuthorised(broker, reason);
                Troubled?.Invoke("link_refused", $"{broker}");
                break;
            case ConnectionEvent.Unfit or ConnectionEvent.OldBroker:
                LogUnfit(broker, reason);
                Troubled?.Invoke("link_refused", $"{broker}");
                break;
            case ConnectionEvent.TakenOver:
                LogTakenOver(broker);
                Troubled?.Invoke("name_taken", $"{broker}");
                break;
            case ConnectionEvent.Lost: LogLost(broker, reason); break;
            default: LogUnreachable(broker, reason); break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to broker {Broker}; {Waiting} events wait to be sent.")]
    private partial void LogConnected(BrokerAddress broker, int waiting);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost broker {Broker}: {Reason}. Events are kept and sent later.")]
    private partial void LogLost(BrokerAddress broker, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Broker {Broker} cannot be reached: {Reason}. Events are kept; retrying.")]
    private partial void LogUnreachable(BrokerAddress broker, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Broker {Broker} does not let us in: {Reason}. Check Mqtt:User, Mqtt:PasswordFile and Mqtt:Tls; trying again in 5 minutes.")]
    private partial void LogNotAuthorised(BrokerAddress broker, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Broker {Broker} gave our place to another client with the same name. Is Mqtt:Vehicle used twice? Trying again in 1 minute.")]
    private partial void LogTakenOver(BrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The broker refuses us {Topic}: 0x{Code:x2} {Reason}. Allow this vehicle to use it; events are kept and sent again every 5 minutes.")]
    private partial void LogRefused(string topic, int code, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Broker {Broker} does not speak MQTT 5; going on in MQTT 3.1.1.")]
    private partial void LogRefusesNew(BrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Broker {Broker} closed the connection twice on a CONNECT of MQTT 5 without an answer; trying MQTT 3.1.1 once.")]
    private partial void LogHungUp(BrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Broker {Broker} answers in MQTT 3.1.1; going on in MQTT 3.1.1. Set Mqtt:Protocol to 3.1.1 to spare it the attempts in 5.")]
    private partial void LogGuessed(BrokerAddress broker);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "A vehicle cannot work with broker {Broker}: {Reason}. Events are kept; trying again in 5 minutes.")]
    private partial void LogUnfit(BrokerAddress broker, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Broker {Broker} takes no packet as large as that for {Topic}: {Reason}. Raise its limit.")]
    private partial void LogTooLarge(BrokerAddress broker, string topic, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Event {Number} for {Topic}, {Bytes} bytes, can never go to broker {Broker} ({Reason}): set aside, the others go on and the fleet "
        + "hears of a gap. Further ones are counted as dropped.")]
    private partial void LogSetAside(Exception? fault, long number, string topic, int bytes, BrokerAddress broker, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Broker {Broker} closes the connection each time event {Event} is sent, without a reason; it waits 5 minutes and the others go on. "
        + "Is it larger than the broker takes?")]
    private partial void LogHeldBack(BrokerAddress broker, long @event);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Broker {Broker} lets us in and closes the connection within seconds, again and again, without a reason. Does another client use the "
        + "id {ClientId} (one Mqtt:Vehicle set twice)?")]
    private partial void LogShortLives(BrokerAddress broker, string clientId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message}")]
    private partial void LogFile(string message);
}
