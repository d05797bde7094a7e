using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Files;

namespace DriverMonitor.Time;

/// <summary>
/// Reads the wall clock where an event is written, and says how far it can be trusted. A board without a battery starts in the
/// past: what it may not be earlier than is remembered between runs.
/// </summary>
internal sealed partial class ClockQuality
{
    /// <summary>No event of this program can be older than the program.</summary>
    private static readonly DateTimeOffset Written = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How often the time is written down. A crash costs the floor this much at most.</summary>
    private static readonly TimeSpan SaveEvery = TimeSpan.FromHours(1);

    /// <summary>No device is used longer.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(30 * 365);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly string? _file;
    private readonly Lock _gate = new();
    private readonly Func<bool> _isKept;
    private long? _savedAt;
    private long _start;
    private bool _wasSynced;
    private DateTimeOffset _floor;
    private TimeSpan? _otherClockAhead;

    /// <param name="folder">Where the floor is remembered; null to forget it.</param>
    /// <param name="isKept">Whether a time server keeps the clock; the kernel knows.</param>
    public ClockQuality(TimeProvider time, string? folder = null, Func<bool>? isKept = null)
    {
        _time = time;
        _file = folder is null ? null : Path.Combine(folder, "clock");
        _isKept = isKept ?? KernelSaysSynced;
        _start = time.GetTimestamp();
        _floor = Read() is { } saved && saved > Written ? saved : Written;
    }

    /// <summary>It is certainly not earlier than this.</summary>
    public DateTimeOffset Floor
    {
        get
        {
            lock (_gate) return _floor;
        }
    }

    /// <summary>Whether somebody vouches for the time of day: it is kept by a time server, or was earlier in this run.</summary>
    public bool IsTrusted => State is WireClock.Synced or WireClock.Holdover;

    /// <summary>
    /// What a judgement may take for the time of day: another clock's where no time server vouches for ours.
    /// </summary>
    public WallClock ReadTimeOfDay()
    {
        var now = _time.GetLocalNow();
        if (IsTrusted) return new(now, Trusted: true);
        lock (_gate) return _otherClockAhead is { } ahead ? new(now + ahead, Trusted: true) : new(now, Trusted: false);
    }

    /// <summary>
    /// Satellites say this, or a clock with a battery that was set in an earlier run by a time that was trusted. What events are
    /// stamped with stays as it is; our clock cannot be right if it is earlier.
    /// </summary>
    public void OfferTimeOfDay(DateTimeOffset time)
    {
        lock (_gate)
        {
            // One that is behind what we know stood still; one that is decades ahead was never set.
            if (time < _floor || time > Written + LongestLife) return;
            _otherClockAhead = time - _time.GetUtcNow();
            _floor = time;
        }
    }

    /// <summary>The time of day, if somebody vouches for it.</summary>
    public DateTimeOffset? TrustedNow => IsTrusted ? _time.GetUtcNow() : null;

    public WireClock State => Trust(_time.GetUtcNow());

    /// <summary>Time since the start, as the events' <c>mono</c> counts it.</summary>
    public TimeSpan Mono => _time.GetElapsedTime(Volatile.Read(ref _start));

    /// <summary>Says what <see cref="Mono"/> is now.</summary>
    public void Align(TimeSpan mono) =>
        Volatile.Write(ref _start, _time.GetTimestamp() - (long)(mono.TotalSeconds * _time.TimestampFrequency));

    /// <summary>
    /// What to take the time for when a certificate is judged: the clock's where it is trusted. Otherwise the clock can only be
    /// behind, and it is later than the floor and than <paramref name="past"/>.
    /// </summary>
    /// <param name="past">A moment of which somebody we trust says that it is over, such as the day a certificate was
    /// signed.</param>
    public DateTimeOffset AtLeast(DateTimeOffset past)
    {
        var now = _time.GetUtcNow();
        if (IsTrusted) return now;
        var floor = Floor;
        var known = past > floor ? past : floor;
        return now > known ? now : known;
    }

    public WireStamp Stamp(long seq)
    {
        var now = _time.GetUtcNow();
        return new(seq, now, Trust(now));
    }

    /// <summary>Something else that cannot have happened in the future, such as the making of our certificate.</summary>
    public void RaiseFloor(DateTimeOffset past)
    {
        lock (_gate) _floor = past > _floor ? past : _floor;
    }

    /// <summary>Writes trusted times down for the next start: the first, one an hour, and the last.</summary>
    public async Task KeepAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        do
        {
            if (_savedAt is not { } at || _time.GetElapsedTime(at) >= SaveEvery) Save();
            await ((Task)timer.WaitForNextTickAsync(stop).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stop.IsCancellationRequested);

        Save();
    }

    /// <summary>
    /// A clock that nobody vouches for may run ahead, and a floor in the future would make every certificate look expired.
    /// </summary>
    private void Save()
    {
        if (_file is null || !IsTrusted) return;
        _savedAt = _time.GetTimestamp();
        try
        {
            AtomicFile.Write(
                _file,
                file => file.Write(Encoding.ASCII.GetBytes(_time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The outbox says that the disk cannot be written; an older floor serves too.
        }
    }

    private DateTimeOffset? Read()
    {
        try
        {
            return
                _file is not null
                && File.Exists(_file)
                && DateTimeOffset.TryParseExact(
                    StoredFile.ReadText(_file), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var saved)
                ? saved
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private WireClock Trust(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (now < Written) return WireClock.Unset;
            if (_isKept())
            {
                // A time server knows better than an old note.
                _wasSynced = true;
                _floor = now < _floor ? now : _floor;
                return WireClock.Synced;
            }

            return now < _floor ? WireClock.Unset : _wasSynced ? WireClock.Holdover : WireClock.Floor;
        }
    }

    /// <summary>The kernel is told by chrony, ntpd and systemd-timesyncd alike whether a time server keeps it.</summary>
    private static unsafe bool KernelSaysSynced()
    {
        const int Unsynchronised = 5;
        // struct timex is 208 bytes on 64-bit Linux; all zero asks without changing anything.
        Span<byte> timex = stackalloc byte[512];
        timex.Clear();
        fixed (byte* buffer = timex)
        {
            var state = adjtimex(buffer);
            return state is >= 0 and not Unsynchronised;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int adjtimex(byte* timex);
}
