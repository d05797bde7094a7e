using System.Buffers;
using System.Net.Sockets;
using System.Security.Authentication;
using DriverMonitor.Core.Events;
using DriverMonitor.Outbox;
using MQTTnet;
using MQTTnet.Exceptions;

namespace DriverMonitor.Mqtt;

/// <summary>One connection, from CONNECT to its end. A single loop does all the publishing, so order needs no thought.</summary>
internal sealed class LinkSession : IAsyncDisposable
{
    /// <summary>Unanswered alerts on their way at once; the broker may ask for fewer.</summary>
    private const int MostInFlight = 20;

    private static readonly TimeSpan AskAgainAfterRefusal = TimeSpan.FromSeconds(300);

    /// <summary>When the program stops: time to hand over what still waits, and again for each word of goodbye.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(3);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource<LinkNews> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _sending = [];

    private readonly MemoryOutbox _outbox;
    private readonly VehicleState _state;
    private readonly StateCadence _cadence;
    private readonly WireIdentity _who;
    private readonly Topics _topics;
    private readonly TimeProvider _time;
    private readonly Wake _wake;
    private readonly Action<FleetMessage>? _orders;
    private readonly long _start;
    private TimeSpan _patience = ClientOptions.Patience;
    private int _window = MostInFlight;
    private int _inFlight;
    private long _sentUpTo;
    private int _refusals;
    private TimeSpan? _askAgainAt;

    /// <param name="orders">Takes what the fleet sends; null if nobody wants it.</param>
    public LinkSession(
        MemoryOutbox outbox, VehicleState state, Func<double> random, WireIdentity who, Topics topics, TimeProvider time, Wake wake,
        Action<FleetMessage>? orders)
    {
        _orders = orders;
        _outbox = outbox;
        _state = state;
        _cadence = new(random);
        _who = who;
        _topics = topics;
        _time = time;
        _wake = wake;
        _start = time.GetTimestamp();
        _client.ApplicationMessageReceivedAsync += arrived =>
        {
            Hear(arrived.ApplicationMessage);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += gone =>
        {
            End(ReasonCodes.NewsOf(gone));
            return Task.CompletedTask;
        };
    }

    /// <summary>The last trouble in the library's words; null while there was none.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Raised when the broker took the packet and refused the message: topic and reason.</summary>
    public event Action<string, MqttClientPublishReasonCode>? Refused;

    /// <summary>Raised when the broker will not let us hear orders: what we asked for, and its answer.</summary>
    public event Action<string, MqttClientSubscribeResultCode>? NotHeard;

    public async Task<LinkNews> ConnectAsync(MqttClientOptions options, CancellationToken stop)
    {
        try
        {
            using var patience = new CancellationTokenSource(ClientOptions.Patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            var answer = await _client.ConnectAsync(options, either.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success) Trouble = $"{answer.ResultCode} {answer.ReasonString}".TrimEnd();
            _window = answer.ReceiveMaximum is > 0 and < MostInFlight and var fewer ? fewer : MostInFlight;
            return ReasonCodes.NewsOf(answer.ResultCode);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            Trouble = Explain(e);
            return stop.IsCancellationRequested ? LinkNews.Stopped : LinkNews.Unreachable;
        }
    }

    /// <summary>Says hello, then sends what waits and what comes, until the connection or the program ends.</summary>
    /// <param name="drained">Called once, when nothing waits any more.</param>
    public async Task<LinkNews> PumpAsync(Action drained, CancellationToken stop)
    {
        await PublishAsync(Messages.Presence(_topics, WirePresence.Online(_who)));
        if (_orders is not null) await ListenAsync();
        var changed = false;
        var told = false;
        while (!_ended.Task.IsCompleted && !stop.IsCancellationRequested)
        {
            Fill();
            if (!told && Volatile.Read(ref _inFlight) == 0 && _outbox.Count.Waiting == 0)
            {
                told = true;
                drained();
            }

            changed |= _state.TakeChange();
            var (tell, wait) = _cadence.Step(Now, changed);
            if (tell)
            {
                changed = false;
                await PublishAsync(Messages.State(_topics, _state.Snapshot(_outbox.Count).Write(_who)));
            }

            await _wake.WaitAsync(wait, _time, stop);
        }

        return stop.IsCancellationRequested ? LinkNews.Stopped : await _ended.Task;
    }

    /// <summary>Hands over what still waits, says goodbye, and leaves so that no last will is sent.</summary>
    public async Task FarewellAsync()
    {
        if (!_client.IsConnected) return;
        _patience = FarewellPatience;
        using var patience = new CancellationTokenSource(FarewellPatience, _time);
        while (!_ended.Task.IsCompleted && !patience.IsCancellationRequested && _outbox.Count.Waiting > 0 && _askAgainAt is null)
        {
            Fill();
            await _wake.WaitAsync(FarewellPatience, _time, patience.Token);
        }

        await PublishAsync(Messages.Presence(_topics, WirePresence.Offline(_who)));
        try
        {
            using var leaving = new CancellationTokenSource(_patience, _time);
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), leaving.Token);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            Trouble = Explain(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Task.WhenAll(_sending);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Asked anew on every connection: a broker that fell has forgotten it.</summary>
    private async Task ListenAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(_patience, _time);
            var answer = await _client.SubscribeAsync(Messages.Subscription(_topics), patience.Token);
            foreach (var item in answer.Items)
            {
                if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) NotHeard?.Invoke(item.TopicFilter.Topic, item.ResultCode);
            }
        }
        catch (Exception e) when (IsTrouble(e) || !_client.IsConnected)
        {
            GiveUp(e);
        }
    }

    private void Hear(MqttApplicationMessage message)
    {
        try
        {
            _orders?.Invoke(new(message.Topic, message.Payload.ToArray(), message.Retain));
        }
#pragma warning disable CA1031 // the library would swallow it; our own bug must reach the one who awaits the link
        catch (Exception e)
        {
            _ended.TrySetException(e);
            _wake.Ring();
        }
#pragma warning restore CA1031
    }

    private void Fill()
    {
        _sending.RemoveAll(task => task.IsCompleted);
        if (Interlocked.Exchange(ref _refusals, 0) > 0) _askAgainAt = Now + AskAgainAfterRefusal;
        if (_askAgainAt <= Now && Volatile.Read(ref _inFlight) == 0)
        {
            _askAgainAt = null;
            _sentUpTo = 0;
        }

        while (Volatile.Read(ref _inFlight) < _window && _outbox.NextAfter(_sentUpTo) is { } entry)
        {
            _sentUpTo = entry.Seq;
            Interlocked.Increment(ref _inFlight);
            _sending.Add(SendAsync(entry));
        }
    }

    private async Task SendAsync(OutboxEntry entry)
    {
        var reason = await PublishAsync(Messages.Event(entry, _time.GetElapsedTime(entry.AddedAt)));
        if (reason is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers)
            _outbox.Acknowledge(entry.Seq);
        else if (reason is not null)
            // It stays in the outbox: whoever repairs the broker's access list should still get it.
            Interlocked.Increment(ref _refusals);

        Interlocked.Decrement(ref _inFlight);
        _wake.Ring();
    }

    /// <summary>The broker's answer; null if none came. A refusal does not throw, so it is looked at here, for every message.</summary>
    private async Task<MqttClientPublishReasonCode?> PublishAsync(MqttApplicationMessage message)
    {
        try
        {
            using var patience = new CancellationTokenSource(_patience, _time);
            var answer = await _client.PublishAsync(message, patience.Token);
            if (!answer.IsSuccess) Refused?.Invoke(message.Topic, answer.ReasonCode);
            return answer.ReasonCode;
        }
        // Once the connection is gone the library has thrown its own parts away, and fails in ways it does not document.
        catch (Exception e) when (IsTrouble(e) || !_client.IsConnected)
        {
            GiveUp(e);
            return null;
        }
    }

    /// <summary>A connection that does not answer is worth no more than none. If it broke, its own event says how.</summary>
    private void GiveUp(Exception e)
    {
        Trouble ??= Explain(e);
        if (_client.IsConnected) End(LinkNews.Lost);
    }

    private void End(LinkNews news)
    {
        _ended.TrySetResult(news);
        _wake.Ring();
    }

    private static bool IsTrouble(Exception e) => e is MqttCommunicationException or MqttProtocolViolationException or SocketException
        or IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException or TimeoutException;

    private static string Explain(Exception e) => e is OperationCanceledException
        ? "no answer in time"
        : (e.InnerException ?? e).Message.ReplaceLineEndings(" ");
}
