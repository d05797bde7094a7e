using DriverMonitor.Core.Events;
using DriverMonitor.Outbox;
using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>What is said over one connection, from the birth to the goodbye. A single loop does all the publishing, so order needs no thought.</summary>
internal sealed class LinkSession : IAsyncDisposable
{
    /// <summary>Unanswered alerts on their way at once; the broker may ask for fewer.</summary>
    private const int MostInFlight = 20;

    private static readonly TimeSpan AskAgainAfterRefusal = TimeSpan.FromSeconds(300);

    /// <summary>When the program stops: time to hand over what still waits, and again for each word of goodbye.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(3);

    private readonly BrokerConnection _connection;
    private readonly Voice _voice;
    private readonly EventOutbox _outbox;
    private readonly Messages _messages;
    private readonly StateCadence _cadence;
    private readonly TimeProvider _time;
    private readonly Wake _wake;
    private readonly long _start;
    private readonly int _window;
    private readonly DrainPace _pace = new();
    private readonly List<Task> _sending = [];
    private OutboxEntry? _next;
    private int _inFlight;
    private long _sentUpTo;
    private int _refusals;
    private TimeSpan? _askAgainAt;

    /// <param name="connection">An open one; it stays its maker's.</param>
    /// <param name="random">0..1, even.</param>
    public LinkSession(BrokerConnection connection, Voice voice, Messages messages, Func<double> random, TimeProvider time, Wake wake)
    {
        (_connection, _voice, _outbox, _messages, _time, _wake) = (connection, voice, voice.Outbox, messages, time, wake);
        connection.Closed += wake.Ring;
        _cadence = new(random);
        _start = time.GetTimestamp();
        _window = Math.Min(MostInFlight, connection.ReceiveMaximum ?? MostInFlight);
    }

    /// <summary>Says hello, then sends what waits and what comes, until the connection or the program ends.</summary>
    /// <param name="drained">Called once, when nothing waits any more.</param>
    public async Task<LinkNews> PumpAsync(Action drained, CancellationToken stop)
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

            while (_connection.IsOpen && _voice.Passing.TryTake(out var passing)) await _connection.PublishAsync(_messages.Passing(passing.Topic, passing.Body));
            changed |= _voice.State.TakeChange();
            var (tell, wait) = _cadence.Step(Now, changed);
            if (tell)
            {
                changed = false;
                await _connection.PublishAsync(_messages.State(_voice.State.Snapshot(_outbox.Count).Write(_voice.Who)));
            }

            if (_voice.Health.TakeDue(_outbox.Count) is { } health) await _connection.PublishAsync(_messages.Health(health.Write(_voice.Who)));
            await _wake.WaitAsync(pause < wait ? pause.Value : wait, _time, stop);
        }

        return stop.IsCancellationRequested ? LinkNews.Stopped : await _connection.Ended;
    }

    /// <summary>Hands over what still waits, says goodbye, and leaves.</summary>
    public async Task FarewellAsync()
    {
        if (!_connection.IsOpen) return;
        _connection.Patience = FarewellPatience;
        using var patience = new CancellationTokenSource(FarewellPatience, _time);
        while (!_connection.Ended.IsCompleted && !patience.IsCancellationRequested && _outbox.Count.Waiting > 0 && _askAgainAt is null)
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

    /// <summary>Sends what may go; returns how long the next one must wait for its turn.</summary>
    private TimeSpan? Fill()
    {
        _sending.RemoveAll(task => task.IsCompleted);
        if (Interlocked.Exchange(ref _refusals, 0) > 0) _askAgainAt = Now + AskAgainAfterRefusal;
        if (_askAgainAt <= Now && Volatile.Read(ref _inFlight) == 0)
        {
            _askAgainAt = null;
            _sentUpTo = 0;
        }

        while (Volatile.Read(ref _inFlight) < _window && (_next ??= _outbox.NextAfter(_sentUpTo)) is { } entry)
        {
            if (_pace.Take(Now, _time.GetElapsedTime(entry.AddedAt)) is var wait && wait > TimeSpan.Zero) return wait;
            (_next, _sentUpTo) = (null, entry.Seq);
            Interlocked.Increment(ref _inFlight);
            _sending.Add(SendAsync(entry));
        }

        return null;
    }

    private async Task SendAsync(OutboxEntry entry)
    {
        var reason = await _connection.PublishAsync(_messages.Event(entry, _time.GetElapsedTime(entry.AddedAt)));
        if (reason is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers)
            _outbox.Acknowledge(entry.Seq);
        else if (reason is not null)
            // It stays in the outbox: whoever repairs the broker's access list should still get it.
            Interlocked.Increment(ref _refusals);

        Interlocked.Decrement(ref _inFlight);
        _wake.Ring();
    }
}
