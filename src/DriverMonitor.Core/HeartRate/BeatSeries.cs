using System.Collections.Immutable;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// Lays the intervals of arriving packets on one time line and cuts it where beats were lost. Arrival times jitter by
/// a second and more, so a beat's time is the beat before it plus its interval as long as the two clocks agree.
/// </summary>
/// <param name="settings">Lags and link loss.</param>
/// <param name="capacity">Newest beats that are always held; 1024 are four minutes at the fastest rate believed.</param>
public sealed class BeatSeries(HeartSettings settings, int capacity = 1024)
{
    private static readonly TimeSpan ShortestBeat = TimeSpan.FromMilliseconds(200);

    private readonly Beat[] _beats = new Beat[2 * capacity];
    private readonly TwentyPercentRule _rule = new(settings);
    private string? _device;
    private ImmutableArray<double> _lastIntervals;
    private TimeSpan? _beatClock;
    private TimeSpan? _lastPacket;
    private bool _distrustNext;
    private int _segment;

    /// <summary>The beats held, oldest first; valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<Beat> Beats => _beats.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Beats ever laid down.</summary>
    public long Total { get; private set; }

    /// <summary>Times the line was cut because beats were lost, repeated, or the link was.</summary>
    public int Gaps { get; private set; }

    /// <summary>Packets that brought more time than had passed: repeats, which are left out, or a backlog.</summary>
    public int OverDelivered { get; private set; }

    /// <summary>Counts how often the line was laid anew, because a packet came late.</summary>
    public int Relaid { get; private set; }

    /// <summary>Takes one packet that arrived at <paramref name="at"/>. One without intervals leaves the line as it is.</summary>
    public void Add(TimeSpan at, in HeartPacket packet)
    {
        if (packet.Malformed) return;
        if (IsRepeat(at, packet))
        {
            OverDelivered++;
            return;
        }

        NoticeBreaks(at, packet);
        if (packet.RrMs.IsDefaultOrEmpty) return;
        _lastIntervals = packet.RrMs;

        var start = Start(at, Duration(packet));
        foreach (double rr in packet.RrMs)
        {
            if (!CanBeTime(rr)) continue;
            start += TimeSpan.FromMilliseconds(rr);
            Append(start, rr);
        }

        _beatClock = start;
    }

    /// <summary>Forgets all beats, to lay the line anew; the counts of what was odd go on.</summary>
    internal void Reset()
    {
        Relaid++;
        _rule.Reset();
        (_device, _beatClock, _lastPacket, _distrustNext) = (null, null, null, false);
        (Count, Total) = (0, 0);
    }

    private static TimeSpan Duration(in HeartPacket packet)
    {
        double ms = 0;
        foreach (double rr in packet.RrMs)
            if (CanBeTime(rr)) ms += rr;
        return TimeSpan.FromMilliseconds(ms);
    }

    // Gateways and files may say anything; the Bluetooth format itself ends at 64 s.
    private static bool CanBeTime(double rr) => rr is >= 0 and <= 64_000;

    // The same beats cannot come again before the next one could strike; poor links and gateways say things twice.
    private bool IsRepeat(TimeSpan at, in HeartPacket packet) =>
        at - _lastPacket < ShortestBeat && _device == packet.DeviceId && !packet.RrMs.IsDefaultOrEmpty
        && !_lastIntervals.IsDefaultOrEmpty && packet.RrMs.AsSpan().SequenceEqual(_lastIntervals.AsSpan());

    private void NoticeBreaks(TimeSpan at, in HeartPacket packet)
    {
        bool otherDevice = _device is not null && _device != packet.DeviceId;
        bool silence = _lastPacket is { } last && at - last > settings.LinkLostAfter;
        // HasFlag allocates until it is compiled well.
        bool broken = _device is not null && (packet.Flaws & HeartFlaws.AfterBreak) != 0;
        if (otherDevice || silence || broken)
        {
            // The first interval after a break may span it.
            _beatClock = null;
            _distrustNext = true;
            _rule.Reset();
        }

        _device = packet.DeviceId;
        _lastPacket = at;
    }

    private TimeSpan Start(TimeSpan at, TimeSpan duration)
    {
        if (_beatClock is not { } clock)
        {
            if (Total > 0) Cut();
            return at - duration;
        }

        var lag = at - (clock + duration);
        if (lag >= settings.SmallestLag && lag <= settings.LargestLag) return clock;

        if (lag < settings.SmallestLag) OverDelivered++;
        Cut();
        return at - duration;
    }

    private void Cut()
    {
        _segment++;
        Gaps++;
    }

    private void Append(TimeSpan at, double rr)
    {
        bool dropped = _distrustNext;
        _distrustNext = false;
        if (dropped) return;

        bool kept = _rule.Keep(rr);
        if (Count == _beats.Length)
        {
            Array.Copy(_beats, capacity, _beats, 0, capacity);
            Count = capacity;
        }

        _beats[Count++] = new(at, rr, _segment, kept);
        Total++;
    }
}
