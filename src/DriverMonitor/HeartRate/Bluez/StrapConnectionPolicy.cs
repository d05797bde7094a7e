using DriverMonitor.Time;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// Decides, from what BlueZ knows and from the clock alone, what is to be asked of it next on the way to a pulse. It looks at how
/// things are, not at how they came to be so: whatever was lost on the way is found missing at the next step and asked for again.
/// </summary>
internal sealed class StrapConnectionPolicy(BluetoothSettings settings)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2),
        Soon = TimeSpan.FromSeconds(0.5),
        Later = TimeSpan.FromSeconds(5);

    private const int MostBusy = 6;

    /// <summary>So often in a row may a strap not tell its services until BlueZ is told to forget what it keeps of it.</summary>
    private const int MostWordless = 2;

    private const string Unbondable =
        "it refuses to bond; forget it with 'bluetoothctl remove' and its address, and pair it again";

    private readonly BackOff _backOff = BackOff.OfStrap();
    private readonly StrapPatience _patience = new(hasOthers: settings.Addresses.Length > 1);
    private readonly StrapSearch _search = new(settings);
    private readonly Dictionary<string, int> _wordless = [];
    private (StrapAction Order, TimeSpan Deadline)? _pending;
    private StrapSession? _session;
    private string? _cancel;
    private TimeSpan _callAt, _seekAt, _askAt;

    public StrapState State { get; private set; } = StrapState.Searching;

    /// <summary>Why there is no pulse, in words that end a sentence; null while there is no reason to give.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The strap that is connected.</summary>
    public BluezDevice? Strap => _session?.Device;

    /// <summary>
    /// Path of the strap that we called, so that ending that is ours too; another program's connection is left alone.
    /// </summary>
    public string? Ours => _session is { } session
        ? session.Device.Path == Choice.Called ? Choice.Called : null
        : _pending is { Order: { Verb: StrapVerb.Connect } call } ? call.Path : _cancel;

    /// <summary>Where the pulse comes from while it is subscribed.</summary>
    public string? PulsePath => _session is { SubscribedAt: not null } session ? session.Pulse : null;

    private StrapSelector Choice => _search.Choice;

    /// <summary>
    /// What to ask now; null for nothing. Nothing else is asked until <see cref="Answer"/>, or until that took too long.
    /// </summary>
    public StrapAction? Step(TimeSpan now, BluezObjectTree tree)
    {
        var adapter = tree.Adapter(settings.Adapter);
        BluezDevice[] bound = adapter is { } there ? Choice.Ours(tree, there) : [];
        if (_pending is { } pending)
        {
            if (adapter is not null && now < pending.Deadline && !StrapSelector.IsOvertaken(pending.Order, bound)) return null;
            if (pending.Order.Verb == StrapVerb.Connect) _cancel = pending.Order.Path;
            Answer(now, StrapFault.Absent);
        }

        if (Decide(now, tree, adapter, bound) is not { } order) return null;
        _pending = (order, now + _patience.ForAnswerTo(order.Verb));
        return order;
    }

    /// <summary>How the last order went.</summary>
    public void Answer(TimeSpan now, StrapFault fault)
    {
        if (_pending is not { Order: var order }) return;
        _pending = null;
        switch (order.Verb)
        {
            case StrapVerb.PowerOn: Powered(now, fault); break;
            case StrapVerb.Discover: _search.Started(now, fault); break;
            case StrapVerb.StopDiscovering: _search.End(); break;
            case StrapVerb.Connect: Called(now, fault); break;
            case StrapVerb.Disconnect or StrapVerb.Forget: HungUp(now); break;
            case StrapVerb.Bond: Bonded(now, fault); break;
            case StrapVerb.Subscribe: Subscribed(now, fault); break;
            case StrapVerb.Unsubscribe when _session is { } session: session.SubscribedAt = null; break;
            case StrapVerb.FollowBattery when _session is { } session: session.FollowsBattery = fault == StrapFault.None; break;
        }
    }

    /// <summary>A pulse came. True for the first one of a subscription: beats may be missing before it.</summary>
    public bool Handle(TimeSpan now)
    {
        if (_session is not { SubscribedAt: not null } session) return false;
        var isFirst = session.HeardAt is null;
        session.FirstHeardAt ??= now;
        if (isFirst) MarkConnected(session.Device);
        (session.HeardAt, session.IsRenewed, State, Trouble) = (now, false, StrapState.Listening, null);
        return isFirst;
    }

    /// <summary>BlueZ came or went; nothing that was agreed with it before holds.</summary>
    public void Reset(TimeSpan now, bool isRunning)
    {
        Disconnect(now, "bluetoothd stopped");
        (_pending, _cancel) = (null, null);
        _search.Reset(now);
        (_callAt, _seekAt, _askAt) = (now, now, now);
        State = isRunning ? StrapState.Searching : StrapState.NoBluetooth;
    }

    private StrapAction? Decide(TimeSpan now, BluezObjectTree tree, BluezAdapter? adapter, BluezDevice[] bound)
    {
        if (settings.Addresses.Length == 0) return Rest(StrapState.NotBound);
        if (adapter is not { Powered: true } radio) return AwaitRadio(now, adapter);
        if (_cancel is { } path)
        {
            _cancel = null;
            return new(StrapVerb.Disconnect, path);
        }

        var connected = Array.FindAll(
            bound, device => device.Connected && (device.Path == _session?.Device.Path || !Choice.IsShunned(now, device)));
        if (connected.Length == 0)
            return FindStrap(now, radio, bound);
        var own = Array.FindIndex(connected, device => device.Path == _session?.Device.Path);
        return UpdateDevice(now, tree, radio, connected[Math.Max(0, own)]);
    }

    private StrapAction? AwaitRadio(TimeSpan now, BluezAdapter? adapter)
    {
        Disconnect(now, adapter is null ? "there is no Bluetooth adapter" : "the Bluetooth adapter is off");
        _search.End();
        if (adapter is not { } off) return Rest(StrapState.NoAdapter);
        Rest(StrapState.AdapterOff);
        return settings.PowerOn && now >= _askAt ? new(StrapVerb.PowerOn, off.Path) : null;
    }

    private StrapAction? FindStrap(TimeSpan now, BluezAdapter radio, BluezDevice[] bound)
    {
        Disconnect(now, "it hung up or is out of range");
        if (now < _seekAt) return null;
        var order = _search.Next(now, radio, bound, mayCall: now >= _callAt);
        State = order is { Verb: StrapVerb.Connect } ? StrapState.Connecting : StrapState.Searching;
        return order;
    }

    private StrapAction? UpdateDevice(TimeSpan now, BluezObjectTree tree, BluezAdapter radio, BluezDevice device)
    {
        if (_session is null && now < _askAt) return null; // it was hung up just now
        if (_session?.Device.Path != device.Path) _session = new(device, now);
        var session = _session;
        session.Device = device;
        if (session.HeardAt is null) State = StrapState.Preparing;
        if (now < _askAt) return null;
        if (session.MustEnd) return HangUp();
        if (_search.IsOn) return new(StrapVerb.StopDiscovering, radio.Path);
        if (!device.Resolved) return Await(now, session);

        session.ResolvedAt ??= now;
        var pulse = tree.Characteristic(device.Path, Bluez.HeartRateMeasurement);
        // Services that were there and are gone announce the end of the connection; they do not make another strap of it.
        if (pulse is null && session.Pulse is not null) session.ResolvedAt = now;
        if (pulse != session.Pulse) (session.Pulse, session.SubscribedAt) = (pulse, null);
        if (pulse is null)
            return now - session.ResolvedAt < Grace ? null : Avoid(now, "it has no heart-rate service");
        if (session.SubscribedAt is null)
            return session.NeedsBond ? new(StrapVerb.Bond, device.Path) : new(StrapVerb.Subscribe, pulse);
        return session.NextRead(now, tree) ?? Watch(now, session);
    }

    /// <summary>Gives a strap time to tell its services.</summary>
    private StrapAction? Await(TimeSpan now, StrapSession session)
    {
        var device = session.Device;
        var times = _wordless.GetValueOrDefault(device.Path);
        if (now - session.ConnectedAt < _patience.ForServices(triedBefore: times > 0)) return null;

        _wordless[device.Path] = times + 1;
        var order = HangUp("it does not tell its services");
        // What was agreed with a bonded strap would be lost.
        return times + 1 < MostWordless || device.Bonded ? order : new(StrapVerb.Forget, device.Path);
    }

    private StrapAction? Watch(TimeSpan now, StrapSession session)
    {
        // Optical bands need some seconds before their first figure.
        var patience = session.HeardAt is null && !session.IsRenewed ? 3 * settings.Silence : settings.Silence;
        if (now - (session.HeardAt ?? session.SubscribedAt) < patience) return null;
        if (session.IsRenewed) return HangUp("it is connected but silent");

        (session.IsRenewed, session.HeardAt) = (true, null);
        Trouble = "it is connected but silent";
        return new(StrapVerb.Unsubscribe, session.Pulse!);
    }

    private void Powered(TimeSpan now, StrapFault fault)
    {
        _askAt = now + (fault == StrapFault.None ? Grace : Later);
        if (fault != StrapFault.None)
            Trouble =
                fault == StrapFault.Blocked
                    ? "the radio is blocked (rfkill unblock bluetooth)"
                    : "the Bluetooth adapter is off and does not go on";
    }

    private void Called(TimeSpan now, StrapFault fault)
    {
        // The answer and the news that it is connected may come in either order.
        (_callAt, _seekAt, _askAt) = (now, now + Grace, now);
        if (fault is StrapFault.None or StrapFault.Already) return;
        _seekAt = now;
        Trouble ??= "it does not answer";
        _callAt = fault == StrapFault.Busy ? now + Soon : now + _backOff.Next();
    }

    private void HungUp(TimeSpan now)
    {
        if (_session is null) _callAt = now; // only a call was cancelled
        else Disconnect(now, "it was silent");
        _askAt = _callAt;
    }

    private void Bonded(TimeSpan now, StrapFault fault)
    {
        if (_session is not { } session) return;
        session.NeedsBond = false;
        if (fault is not (StrapFault.None or StrapFault.Already)) Avoid(now, Unbondable);
    }

    private void Subscribed(TimeSpan now, StrapFault fault)
    {
        if (_session is not { } session) return;
        switch (fault)
        {
            case StrapFault.None or StrapFault.Already:
                (session.SubscribedAt, session.HeardAt) = (now, null);
                break;
            case StrapFault.Busy when session.Busy++ < MostBusy:
                _askAt = now + Soon;
                break;
            case StrapFault.Absent when session.Failures++ == 0:
                _askAt = now + Grace; // the line may be about to end
                break;
            case StrapFault.NeedsBond when settings.Bond && !session.TriedBond:
                (session.NeedsBond, session.TriedBond) = (true, true);
                break;
            case StrapFault.NeedsBond or StrapFault.Refused:
                Avoid(now, settings.Bond ? Unbondable : "it wants to be bonded (HeartRate:Bluetooth:Bond is off)");
                break;
            default:
                (session.MustEnd, Trouble) = (true, "it does not give its pulse");
                break;
        }
    }

    /// <summary>It is whole, and comes first when it is lost.</summary>
    private void MarkConnected(BluezDevice device)
    {
        Choice.Prefer(device);
        _wordless.Remove(device.Path);
    }

    private StrapAction HangUp(string? trouble = null)
    {
        Trouble = trouble ?? Trouble;
        return new(StrapVerb.Disconnect, _session!.Device.Path);
    }

    private StrapAction Avoid(TimeSpan now, string trouble)
    {
        Choice.Avoid(now, _session!.Device);
        _session.MustEnd = true;
        _cancel = null;
        return HangUp(trouble);
    }

    private StrapAction? Rest(StrapState state)
    {
        State = state;
        return null;
    }

    private void Disconnect(TimeSpan now, string why)
    {
        if (_session is not { } session) return;
        if (session.HeardAt - session.FirstHeardAt is { } held) _backOff.Hold(held);
        Trouble ??= why;
        (_callAt, _seekAt) = (now + _backOff.Next(), now);
        (_session, State) = (null, StrapState.Searching);
    }
}
