using DriverMonitor.Core.Wire;
using DriverMonitor.Outbox;
using MQTTnet;
using MQTTnet.Protocol;

namespace DriverMonitor.Mqtt;

/// <summary>
/// What is said over one connection, from the birth to the goodbye. A single loop does all the publishing, so order needs no
/// thought.
/// </summary>
internal sealed class LinkSession : IAsyncDisposable
{
    /// <summary>Unanswered alerts on their way at once; the broker may ask for fewer.</summary>
    private const int MostInFlight = 20;

    private static readonly TimeSpan AskAgainAfterRefusal = TimeSpan.FromSeconds(300);

    /// <summary>When the program stops: time to hand over what still waits, and again for each word of goodbye.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(3);

    private readonly BrokerConnection _connection;
    private readonly PublisherContext _voice;
    private readonly EventOutbox _outbox;
    private readonly Messages _messages;
    private readonly StateCadence _cadence;
    private readonly TimeProvider _time;
    private readonly AsyncAutoResetEvent _wake;
    private readonly long _start;
    private readonly int _window;
    private readonly DrainRateLimit _pace = new();
    private readonly List<Task> _sending = [];
    private OutboxEntry? _next;
    private readonly PoisonEvents _poison;
    private readonly Action<OutboxEntry, string, Exception?> _setAside;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, (long At, long Number)> _sentAt = [];
    private int _inFlight;
    private long _sentUpTo;
    private int _refusals;
    private TimeSpan _pingedAt;
    private TimeSpan? _askAgainAt;

    /// <param name="connection">An open one; it stays its maker's.</param>
    /// <param name="random">0..1, even.</param>
    /// <param name="poison">What earlier connections ended with; it outlives this one.</param>
    /// <param name="setAside">Told of each event that can never be sent: why, and the fault in it, if any.</param>
    public LinkSession(
        BrokerConnection connection,
        PublisherContext voice,
        Messages messages,
        Func<double> random,
        TimeProvider time,
        AsyncAutoResetEvent wake,
        PoisonEvents poison,
        Action<OutboxEntry, string, Exception?> setAside)
    {
        (_poison, _setAside) = (poison, setAside);
        (_connection, _voice, _outbox, _messages, _time, _wake) = (connection, voice, voice.Outbox, messages, time, wake);
        connection.Closed += wake.Ring;
        _cadence = new(random);
        _start = time.GetTimestamp();
        _window = Math.Min(MostInFlight, connection.ReceiveMaximum ?? MostInFlight);
    }

    /// <summary>Says hello, then sends what waits and what comes, until the connection or the program ends.</summary>
    /// <param name="drained">Called once, when nothing waits any more.</param>
    public async Task<ConnectionEvent> PumpAsync(Action drained, CancellationToken stop)
    {
        await _connection.PublishAsync(_messages.Presence(WirePresence.Online(_voice.Who)));
        if (_voice.Announcement is { } announcement) await _connection.PublishAsync(_messages.Announcement(announcement));
        await _connection.ListenAsync(_messages.Orders());
        var changed = false;
        var told = false;
        while (!_connection.Ended.IsCompleted && !stop.IsCancellationRequested)
        {
            var pause = Fill();
            if (!told && Volatile.Read(ref _inFlight) == 0 && _outbox.Count.Waiting == 0)
            {
                told = true;
                drained();
            }

            while (_connection.IsOpen && _voice.Passing.TryTake(out var passing))
                await _connection.PublishAsync(_messages.Passing(passing.Topic, passing.Body));
            changed |= _voice.State.TakeChange();
            var (tell, wait) = _cadence.Step(Now, changed);
            if (tell)
            {
                changed = false;
                await _connection.PublishAsync(_messages.State(_voice.State.Snapshot(_outbox.Count).Write(_voice.Who)));
            }

            if (_voice.Health.TakeDue(_outbox.Count) is { } health)
                await _connection.PublishAsync(_messages.Health(health.Write(_voice.Who)));
            if (await PingAsync() is var ping && ping < wait)
                wait = ping;
            await _wake.WaitAsync(pause < wait ? pause.Value : wait, _time, stop);
        }

        if (stop.IsCancellationRequested) return ConnectionEvent.Stopped;
        var news = await _connection.Ended;
        if (news == ConnectionEvent.Lost) FindPoison();
        return news;
    }

    /// <summary>Keeps to the broker's keep-alive, where it is not ours; returns how long the next one may wait.</summary>
    private async Task<TimeSpan> PingAsync()
    {
        if (_connection.Limits.KeepAlive is not { } keepAlive) return TimeSpan.MaxValue;
        if (Now - _pingedAt >= keepAlive / 2)
        {
            _pingedAt = Now;
            await _connection.PingAsync();
        }

        return keepAlive / 2;
    }

    private void FindPoison()
    {
        lock (_gate)
        {
            var (first, (sentAt, number)) = _sentAt.FirstOrDefault();
            var isAny = _sentAt.Count > 0;
            var now = _time.GetTimestamp();
            if (
                _poison.Lost(isAny ? first : null, _sentAt.Count, _time.GetElapsedTime(sentAt, now), _time.GetElapsedTime(0, now))
            )
                HeldBack = number;
        }
    }

    /// <summary>The number of the event that this connection ended with, if it is held back from now on.</summary>
    public long? HeldBack { get; private set; }

    /// <summary>Hands over what still waits, says goodbye, and leaves.</summary>
    public async Task FarewellAsync()
    {
        if (!_connection.IsOpen) return;
        _connection.Patience = FarewellPatience;
        using var patience = new CancellationTokenSource(FarewellPatience, _time);
        while (
            !_connection.Ended.IsCompleted
            && !patience.IsCancellationRequested
            && _outbox.Count.Waiting > 0
            && _askAgainAt is null)
        {
            var pause = Fill();
            await _wake.WaitAsync(pause ?? FarewellPatience, _time, patience.Token);
        }

        await _connection.PublishAsync(_messages.Presence(WirePresence.Offline(_voice.Who)));
        await _connection.LeaveAsync();
    }

    /// <summary>Waits for what was on its way; the connection must be closed before, or that may take ten seconds.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_sending);

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private int Window
    {
        get
        {
            lock (_gate) return _poison.IsSuspicious ? 1 : _window;
        }
    }

    /// <summary>Sends what may go; returns how long the next one must wait for its turn.</summary>
    private TimeSpan? Fill()
    {
        foreach (var failed in _sending.Where(task => task.IsFaulted)) failed.GetAwaiter().GetResult();
        _sending.RemoveAll(task => task.IsCompleted);
        if (Interlocked.Exchange(ref _refusals, 0) > 0) _askAgainAt = Now + AskAgainAfterRefusal;
        if (_askAgainAt <= Now && Volatile.Read(ref _inFlight) == 0)
        {
            _askAgainAt = null;
            _sentUpTo = 0;
        }

        while (Volatile.Read(ref _inFlight) < Window && (_next ??= _outbox.NextAfter(_sentUpTo)) is { } entry)
        {
            if (_pace.Take(Now, _time.GetElapsedTime(entry.AddedAt)) is var wait && wait > TimeSpan.Zero) return wait;
            (_next, _sentUpTo) = (null, entry.Seq);
            if (IsHeld(entry.Seq)) continue;
            Interlocked.Increment(ref _inFlight);
            _sending.Add(SendAsync(entry));
        }

        return null;
    }

    /// <summary>Whatever happens here, the slot is free again; what nobody expected reaches the one who pumps.</summary>
    private async Task SendAsync(OutboxEntry entry)
    {
        try
        {
            if (Compose(entry) is not { } message) return;
            lock (_gate) _sentAt[entry.Seq] = (_time.GetTimestamp(), entry.Number);
            var reason = await _connection.PublishAsync(message);
            if (reason is not null) Take(entry, reason.Value);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _wake.Ring();
        }
    }

    private void Take(OutboxEntry entry, MqttClientPublishReasonCode reason)
    {
        lock (_gate) _sentAt.Remove(entry.Seq);
        switch (reason)
        {
            case MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers:
                _outbox.Acknowledge(entry.Seq);
                lock (_gate) _poison.Acknowledged(entry.Seq);
                break;
            case (MqttClientPublishReasonCode)ReasonCodes.PacketTooLarge:
                SetAside(entry, "too_large", fault: null);
                break;
            default:
                // It stays in the outbox: whoever repairs the broker's access list should still get it.
                Interlocked.Increment(ref _refusals);
                break;
        }
    }

    /// <summary>Null for an event that cannot be put into a message: one broken event must not hold up the others.</summary>
    private MqttApplicationMessage? Compose(OutboxEntry entry)
    {
        try
        {
            MqttTopicValidator.ThrowIfInvalid(entry.Topic);
            return _messages.Event(entry, _time.GetElapsedTime(entry.AddedAt));
        }
#pragma warning disable CA1031 // whatever is wrong with it is wrong each time
        catch (Exception e)
        {
            SetAside(entry, "unsendable", e);
            return null;
        }
#pragma warning restore CA1031
    }

    private void SetAside(OutboxEntry entry, string reason, Exception? fault)
    {
        _setAside(entry, reason, fault);
        _outbox.SetAside(entry, reason);
    }

    /// <summary>Whether it waits because it has ended one connection after the other; it is tried again later.</summary>
    private bool IsHeld(long seq)
    {
        lock (_gate)
        {
            if (!_poison.Holds(seq, _time.GetElapsedTime(0))) return false;
        }

        _askAgainAt ??= Now + AskAgainAfterRefusal;
        return true;
    }
}
