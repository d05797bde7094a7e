using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// The heart's way in: packets as they arrive, and once a second what they amount to. Cleans the last three minutes
/// anew whenever beats came, because a beat can only be judged by its neighbours. Allocates nothing after construction.
/// </summary>
public sealed class HeartRateAnalyzer
{
    private const double FrozenTrust = 0.2;
    private const int FewestForRate = 3;
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(30),
        One = TimeSpan.FromSeconds(60),
        Two = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    // A minute more than the longest window: the detector's thresholds want beats on both sides.
    private static readonly TimeSpan Context = TimeSpan.FromSeconds(180);

    private readonly HeartSettings _settings;
    private readonly BeatCleaning _cleaning;
    private readonly bool[] _kept;
    private readonly PacketReorderBuffer _reorder = new();
    private readonly RateHistory _rates = new(Half);
    private readonly EnergyRate _energy = new();
    private StrapContact _contact;
    private TimeSpan? _lastPacket, _lastIntervals, _began, _irregularSince, _driveBegan;
    private int _contextStart;
    private bool _stale;

    public HeartRateAnalyzer(HeartSettings settings)
    {
        _settings = settings;
        Series = new(settings);
        _cleaning = new(settings, 2048);
        _kept = new bool[_cleaning.Capacity];
    }

    /// <summary>The beats behind the figures.</summary>
    public BeatSeries Series { get; }

    /// <summary>Takes a packet of this time; false when it is too old to matter. Packets may come in any order.</summary>
    public bool Add(TimeSpan at, in HeartPacket packet)
    {
        if (packet.Malformed) return true;
        _driveBegan ??= at;
        if (at < _driveBegan) return false; // of whoever sat there before
        var believed = IsBelieved(packet.BeatsPerMinute) ? packet : packet with { BeatsPerMinute = null };
        switch (_reorder.Put(at, in believed))
        {
            case null: return false;
            case 0: AddNewest(at, in believed); return true;
            default: AddLate(at, in believed); return true;
        }
    }

    /// <summary>
    /// The one place where a rate is believed, whatever strap, gateway or file it came from; zero is a sensor without a pulse.
    /// </summary>
    private bool IsBelieved(int? rate) => rate is null || (rate >= _settings.SlowestBpm && rate <= _settings.FastestBpm);

    /// <summary>
    /// The line of beats is laid anew with the late packet in its place. What it says of now (contact, silence, an unchanged
    /// rate) is over; what was judged since stays judged.
    /// </summary>
    private void AddLate(TimeSpan at, in HeartPacket late)
    {
        _rates.AddLate(at, late.BeatsPerMinute);
        if (late.RrMs.IsDefaultOrEmpty) return;
        Series.Reset();
        foreach (ref readonly var kept in _reorder.Packets) Series.Add(kept.At, in kept.Packet);
        if (Series.Count > 0 && BeganWith(Series.Beats[0]) is var began && began < _began) _began = began;
        _stale = true;
    }

    private void AddNewest(TimeSpan at, in HeartPacket packet)
    {
        _lastPacket = at;
        _contact = packet.Contact;
        _rates.Add(at, packet.BeatsPerMinute);
        _energy.Add(at, packet.EnergyKilojoules);

        long before = Series.Total;
        Series.Add(at, packet);
        if (Series.Total == before) return;
        _lastIntervals = at;
        _began ??= BeganWith(Series.Beats[0]);
        _stale = true;
    }

    private static TimeSpan BeganWith(in Beat first) => first.At - TimeSpan.FromMilliseconds(first.RrMs);

    /// <summary>What the heart says at <paramref name="at"/>; call it once a second.</summary>
    public HeartFeatures Step(TimeSpan at)
    {
        _driveBegan ??= at - OneSecond; // the second that has just passed
        Clean(at);
        var beats = Series.Beats[_contextStart..];
        var kept = _kept.AsSpan(0, beats.Length);
        var began = _began ?? at;
        var half = HeartWindow.Measure(at, Half, began, beats, kept, _settings);
        var one = HeartWindow.Measure(at, One, began, beats, kept, _settings);
        var two = HeartWindow.Measure(at, Two, began, beats, kept, _settings);

        bool irregular = IsIrregular(at, beats);
        var chosen = IsGood(one) || !IsGood(half) ? one : half;
        bool twoGood = IsGood(two) && !irregular;
        var reason = Reason(at, chosen, irregular);
        var rate = Rate(at, half);
        double seconds = Math.Min(chosen.Asked.TotalSeconds, Math.Max(0, chosen.Covered.TotalSeconds));
        bool calm = chosen.IsFull && chosen.Asked >= One && chosen.SpoiledShare <= _settings.WorstShareForSdnn;
        return new()
        {
            BeatsPerMinute = rate.Bpm,
            RateTrust = rate.Bpm is null ? 0 : rate.Source == HeartSource.Rate && IsFrozen(at) ? FrozenTrust : 1,
            Source = rate.Source,
            RmssdMs = chosen.Figures.Pairs >= _settings.FewestPairs ? chosen.Figures.RmssdMs : null,
            RmssdTrust = reason == HeartReason.None ? WindowTrust.Rmssd(chosen.Covered) : 0,
            SdnnMs = calm ? chosen.Figures.SdnnMs : null,
            SdnnTrust = calm ? WindowTrust.Sdnn(chosen.Covered) : 0,
            Pnn50 = calm ? chosen.Figures.Pnn50 : null,
            SqrtStressIndex = calm ? chosen.Figures.SqrtStressIndex : null,
            StressIndexTrust = calm ? WindowTrust.StressIndex(chosen.Covered) : 0,
            BeatsPerMinute120 = twoGood ? two.Figures.BeatsPerMinute : null,
            Rmssd120Ms = twoGood ? two.Figures.RmssdMs : null,
            WindowSeconds = (int)seconds,
            Usable = reason == HeartReason.None,
            Reason = reason,
            MissingShare = chosen.MissingShare,
            RejectedShare = chosen.RejectedShare,
            Contact = _contact,
            Silence = at - _lastPacket,
            KilojoulesPerMinute = _energy.PerMinute,
        };
    }

    private void Clean(TimeSpan at)
    {
        if (!_stale) return;
        _stale = false;
        var all = Series.Beats;
        int start = all.Length;
        while (start > 0 && all.Length - start < _cleaning.Capacity && all[start - 1].At > at - Context) start--;
        _contextStart = start;
        _cleaning.Clean(all[start..], _kept);
    }

    private bool IsGood(in HeartWindow window) =>
        window.IsFull && window.Figures.Pairs >= _settings.FewestPairs && window.SpoiledShare <= _settings.WorstShareForRmssd;

    private bool IsLinkLost(TimeSpan at) => _lastPacket is not { } last || at - last > _settings.LinkLostAfter;

    private bool HasIntervals(TimeSpan at) => _lastIntervals is { } last && at - last <= Half;

    private bool IsFrozen(TimeSpan at) => _rates.IsUnchangedFor(at, _settings.FrozenAfter);

    private (double? Bpm, HeartSource Source) Rate(TimeSpan at, in HeartWindow half)
    {
        if (IsLinkLost(at) || _contact == StrapContact.NotDetected) return (null, HeartSource.None);
        if (HasIntervals(at) && half.Figures.Beats >= FewestForRate) return (half.Figures.BeatsPerMinute, HeartSource.Intervals);
        return _rates.Mean(at) is { } mean ? (mean, HeartSource.Rate) : (null, HeartSource.None);
    }

    private HeartReason Reason(TimeSpan at, in HeartWindow window, bool irregular) =>
        IsLinkLost(at) ? HeartReason.NoLink
        : _contact == StrapContact.NotDetected ? HeartReason.StrapOff
        : !HasIntervals(at) ? IsFrozen(at) ? HeartReason.Frozen : HeartReason.RateOnly
        : irregular ? HeartReason.IrregularRhythm
        : window.Covered < Half ? HeartReason.TooShort
        : window.SpoiledShare > _settings.WorstShareForRmssd ? HeartReason.TooManyGaps
        : window.Figures.Pairs < _settings.FewestPairs ? HeartReason.FewBeats
        : HeartReason.None;

    // Counted by the 20 % rule, because the detector's thresholds widen with the rhythm until wild beats look ordinary.
    private bool IsIrregular(TimeSpan at, ReadOnlySpan<Beat> beats)
    {
        int recent = 0, rejected = 0;
        for (int i = beats.Length - 1; i >= 0 && beats[i].At > at - One; i--)
        {
            recent++;
            if (!beats[i].KeptByRule) rejected++;
        }

        bool now = rejected > _settings.IrregularShare * recent && _contact != StrapContact.NotDetected;
        if (!now) _irregularSince = null;
        else _irregularSince ??= at;
        return _irregularSince is { } since && at - since >= _settings.IrregularAfter;
    }
}
