using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;

namespace DriverMonitor.HeartRate;

/// <summary>
/// A heart that a gateway sends: give its messages to <see cref="Handle"/>, on any thread. Silence is silence; what is odd is
/// refused, counted and never thrown.
/// </summary>
/// <param name="believed">Rates that are believed.</param>
internal sealed class MqttHeart(HeartSettings believed, TimeProvider time) : IHeartMonitor
{
    /// <summary>
    /// Four minutes of one message a second; the loop empties it at every picture, so more is a flood, and the oldest go.
    /// </summary>
    private const int MostWaiting = 256;

    private const string Nameless = "gateway";

    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Queue<(TimeSpan At, HeartPacket Packet)> _waiting = new();
    private DeviceClock _clock = new();
    private string? _device;
    private SkinReading? _skin;
    private TimeSpan _loopBehind = TimeSpan.MaxValue;

    /// <summary>Messages that were understood.</summary>
    public long Heard { get; private set; }

    /// <summary>Messages that were not.</summary>
    public long Refused { get; private set; }

    /// <summary>Keys that nobody here knows.</summary>
    public long UnknownKeys { get; private set; }

    /// <summary>Messages that came more than a minute after their own time.</summary>
    public long TooOld { get; private set; }

    /// <summary>Messages that gave way to newer ones.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes one message. Null if it was understood, otherwise what is wrong with it.</summary>
    public string? Handle(ReadOnlySpan<byte> body)
    {
        var arrival = Now;
        lock (_gate)
        {
            var flaw = GatewayJson.TryRead<HeartMessage>(body, out var message, out var unreadable) ? message.Flaw() : unreadable;
            if (flaw is null) Take(arrival, message!);
            else Refused++;
            return flaw;
        }
    }

    public bool TryRead(TimeSpan now, out TimeSpan at, out HeartPacket packet)
    {
        lock (_gate)
        {
            FollowLoop(now);
            while (_waiting.TryDequeue(out var next))
            {
                (at, packet) = (next.At - _loopBehind, next.Packet);
                if (at >= TimeSpan.Zero) return true;
            }

            (at, packet) = (default, default);
            return false;
        }
    }

    /// <summary>The newest reading of the skin since it was asked for last.</summary>
    public SkinReading? TakeSkin()
    {
        lock (_gate)
        {
            var skin = _skin;
            _skin = null;
            return skin;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private void Take(TimeSpan arrival, HeartMessage message)
    {
        Heard++;
        UnknownKeys += message.Unknown?.Count ?? 0;
        var device = message.Device ?? Nameless;
        if (device != _device) (_device, _clock) = (device, new());

        var at = message.Stamp is { } stamp ? _clock.Place(arrival, stamp) : arrival;
        if (at is null)
        {
            TooOld++;
            return;
        }

        if (message.HasSkin) _skin = new(message.Scl, message.Temp, device);
        if (!message.HasHeart) return;
        if (_waiting.Count == MostWaiting)
        {
            _waiting.Dequeue();
            Dropped++;
        }

        _waiting.Enqueue((at.Value, Packet(device, message)));
    }

    /// <summary>
    /// The loop began later than we did, and its newest picture is a little old each time: the smallest difference is the true
    /// one.
    /// </summary>
    private void FollowLoop(TimeSpan now)
    {
        var behind = Now - now;
        if (behind < _loopBehind) _loopBehind = behind;
    }

    private HeartPacket Packet(string device, HeartMessage message)
    {
        var contact = message.Contact switch
        {
            null => StrapContact.NotSupported,
            false => StrapContact.NotDetected,
            true => StrapContact.Detected,
        };
        if (contact == StrapContact.NotDetected)
            return new(device, null, contact, [], Flaws: HeartFlaws.StrapOff);

        var rate = message.Bpm is { } bpm ? (int?)Math.Round(bpm) : null;
        var flaws = rate == 0 ? HeartFlaws.NoPulse
            : rate < believed.SlowestBpm || rate > believed.FastestBpm ? HeartFlaws.RateOutOfRange
            : HeartFlaws.None;
        return new(device, flaws == HeartFlaws.None ? rate : null, contact, [.. message.Rr ?? []], Flaws: flaws);
    }
}
