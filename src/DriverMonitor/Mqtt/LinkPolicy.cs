namespace DriverMonitor.Mqtt;

/// <summary>What just happened to the connection.</summary>
internal enum LinkNews
{
    Started,
    Connected,

    /// <summary>Nothing waits to be sent any more.</summary>
    Drained,

    /// <summary>No such host, nobody listens, no TLS, or no answer in time.</summary>
    Unreachable,

    /// <summary>It stood, and broke.</summary>
    Lost,

    /// <summary>User, password, certificate or client id were not accepted (0x85, 0x86, 0x87, 0x8A, 0x8C).</summary>
    NotAuthorised,

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
internal readonly record struct LinkStep(LinkState State, TimeSpan Wait);

/// <summary>
/// Decides how long to stay away from a broker. Full jitter: a random part of a limit that doubles, so that vehicles
/// which lost the broker together do not come back together. The numbers are engineering judgement.
/// </summary>
/// <param name="random">0..1, even.</param>
internal sealed class LinkPolicy(Func<double> random, TimeSpan firstConnectSpread)
{
    private static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LastLimit = TimeSpan.FromSeconds(60);

    /// <summary>Full jitter may draw zero again and again; even then a broker is asked at most ten times a second.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.1);

    /// <summary>A connection must have stood this long before the next loss counts as the first.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>A human must change something; hammering would only fill two logs.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(300);

    private static readonly TimeSpan AfterTakeOver = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BusyAtLeast = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BusyAtMost = TimeSpan.FromSeconds(120);

    private TimeSpan _limit = FirstLimit;
    private TimeSpan? _connectedAt;

    public LinkStep Step(TimeSpan now, LinkNews news)
    {
        switch (news)
        {
            case LinkNews.Started:
                return new(LinkState.Connecting, random() * firstConnectSpread);
            case LinkNews.Connected:
                _connectedAt = now;
                return new(LinkState.Draining, TimeSpan.Zero);
            case LinkNews.Drained:
                return new(LinkState.Online, TimeSpan.Zero);
            case LinkNews.Stopped:
                return new(LinkState.Stopped, TimeSpan.Zero);
        }

        if (_connectedAt is { } since && now - since >= Steady) _limit = FirstLimit;
        _connectedAt = null;
        return new(LinkState.Backoff, WaitAfter(news));
    }

    private TimeSpan WaitAfter(LinkNews news)
    {
        switch (news)
        {
            case LinkNews.NotAuthorised: return AfterRefusal;
            case LinkNews.TakenOver: return AfterTakeOver;
            case LinkNews.Busy: return BusyAtLeast + random() * (BusyAtMost - BusyAtLeast);
        }

        var wait = random() * _limit;
        _limit = _limit * 2 < LastLimit ? _limit * 2 : LastLimit;
        return wait > Shortest ? wait : Shortest;
    }
}
