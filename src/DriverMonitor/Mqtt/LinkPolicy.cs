namespace DriverMonitor.Mqtt;

/// <summary>What just happened to the connection.</summary>
internal enum ConnectionEvent
{
    Started,
    Connected,

    /// <summary>Nothing waits to be sent any more.</summary>
    Drained,

    /// <summary>No such host, nobody listens, no TLS, or no answer in time.</summary>
    Unreachable,

    /// <summary>It took our CONNECT and closed the connection without an answer.</summary>
    Unanswered,

    /// <summary>It does not know MQTT 5; asked again at once, in MQTT 3.1.1.</summary>
    OldBroker,

    /// <summary>It stood, and broke.</summary>
    Lost,

    /// <summary>User, password, certificate or client id were not accepted (0x85, 0x86, 0x87, 0x8A, 0x8C).</summary>
    NotAuthorised,

    /// <summary>
    /// The broker's limits do not let a vehicle work with it (0x90, 0x95, 0x99 to 0x9D); somebody must change them.
    /// </summary>
    Unfit,

    /// <summary>The broker has too much to do or too many of us (0x88, 0x89, 0x97, 0x9F).</summary>
    Busy,

    /// <summary>Another client came with our id.</summary>
    TakenOver,

    Stopped,
}

/// <summary>Where the connection is in its life. Looking up, connecting, TLS and CONNECT are one step of the library's.</summary>
internal enum LinkState { Idle, Connecting, Draining, Online, Backoff, Stopped }

/// <summary>What to do now.</summary>
/// <param name="State">The state entered.</param>
/// <param name="Wait">Time before the next attempt to connect.</param>
/// <param name="Broker">Index of the broker to ask then, or that answered now.</param>
internal readonly record struct LinkStep(LinkState State, TimeSpan Wait, int Broker);

/// <summary>
/// Decides which broker to ask next, and when. They are asked in rotation; one that sent us away is left out for its time. Full
/// jitter: a random part of a limit that doubles, so that vehicles which lost the broker together do not come back together. The
/// numbers are engineering judgement.
/// </summary>
/// <param name="random">0..1, even.</param>
/// <param name="brokers">How many there are.</param>
/// <param name="reconnectSpread">The limit that is not doubled any more; null for a minute.</param>
internal sealed class LinkPolicy(
    Func<double> random, TimeSpan firstConnectSpread, int brokers = 1, TimeSpan? reconnectSpread = null)
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The first limit follows the last, or a large fleet would still arrive all at once: half a second for a minute.
    /// </summary>
    private const int FirstShare = 120;

    /// <summary>Full jitter may draw zero again and again; even then a broker is asked at most ten times a second.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.1);

    /// <summary>A connection must have stood this long before the next loss counts as the first.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>A human must change something; hammering would only fill two logs.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(300);

    private static readonly TimeSpan AfterTakeOver = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BusyAtLeast = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BusyAtMost = TimeSpan.FromSeconds(120);

    /// <summary>When each broker may be asked again.</summary>
    private readonly TimeSpan[] _openAt = new TimeSpan[brokers];

    private readonly TimeSpan _lastLimit = reconnectSpread ?? Minute;
    private TimeSpan _limit = (reconnectSpread ?? Minute) / FirstShare;
    private TimeSpan? _connectedAt;
    private int _broker;

    public LinkStep Step(TimeSpan now, ConnectionEvent news)
    {
        switch (news)
        {
            case ConnectionEvent.Started:
                return new(LinkState.Connecting, random() * firstConnectSpread, _broker);
            case ConnectionEvent.Connected:
                _connectedAt = now;
                return new(LinkState.Draining, TimeSpan.Zero, _broker);
            case ConnectionEvent.Drained:
                return new(LinkState.Online, TimeSpan.Zero, _broker);
            case ConnectionEvent.OldBroker:
                return new(LinkState.Connecting, Shortest, _broker);
            case ConnectionEvent.Stopped:
                return new(LinkState.Stopped, TimeSpan.Zero, _broker);
        }

        if (_connectedAt is { } since && now - since >= Steady) _limit = _lastLimit / FirstShare;
        _connectedAt = null;
        var wait = Stay(now, news);
        _broker = Next(now);
        var closed = _openAt[_broker] - now;
        return new(LinkState.Backoff, closed > wait ? closed : wait, _broker);
    }

    /// <summary>Closes the broker that sent us away, and tells how long to wait before asking any other.</summary>
    private TimeSpan Stay(TimeSpan now, ConnectionEvent news)
    {
        switch (news)
        {
            case ConnectionEvent.NotAuthorised or ConnectionEvent.Unfit:
                _openAt[_broker] = now + AfterRefusal;
                return Shortest;
            case ConnectionEvent.Busy:
                _openAt[_broker] =
                    now + BusyAtLeast + random() * ((_lastLimit > BusyAtMost ? _lastLimit : BusyAtMost) - BusyAtLeast);
                return Shortest;
            case ConnectionEvent.TakenOver:
                // Brokers of one cluster share their clients: at the next one we would only throw the other out in turn.
                Array.Fill(_openAt, now + AfterTakeOver);
                return Shortest;
        }

        var wait = random() * _limit;
        _limit = _limit * 2 < _lastLimit ? _limit * 2 : _lastLimit;
        return wait > Shortest ? wait : Shortest;
    }

    /// <summary>The one after this; if that is closed, the one that opens first.</summary>
    private int Next(TimeSpan now)
    {
        var best = (_broker + 1) % brokers;
        for (var step = 2; step <= brokers; step++)
        {
            var other = (_broker + step) % brokers;
            if (_openAt[best] > now && _openAt[other] < _openAt[best]) best = other;
        }

        return best;
    }
}
