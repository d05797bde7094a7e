namespace DriverMonitor.Tests.HeartRate;

/// <summary>
/// A strap on a heart that beats on whether anybody listens or not. Every beat tells its number: its interval is 700 + number mod
/// 250, in 1/1024 s.
/// </summary>
internal sealed class SimulatedStrap(string address)
{
    public const int First = 700, Round = 250;

    private TimeSpan _beatAt;
    private int _beat;

    public string Address => address;

    public string Path { get; set; } = "";

    public string Pulse => Path + "/service0010/char0011";

    public bool IsHere { get; set; } = true;

    /// <summary>How long its services take, s; null for ever.</summary>
    public double? ResolvesAfter { get; set; } = 0.7;

    /// <summary>What BlueZ keeps of its services is broken, until it is told to forget the strap.</summary>
    public bool IsMuddled { get; set; }

    /// <summary>BlueZ 5.66 at times forgets to say that it is connected, and goes on as if it had said so.</summary>
    public bool IsAnnounced { get; set; } = true;

    public bool NeedsBond { get; set; }

    public bool Refuses { get; set; }

    public bool NeverAnswers { get; set; }

    /// <summary>Subscribed and silent, until it is subscribed anew so many times.</summary>
    public int MuteFor { get; set; }

    public bool WasCalled { get; set; }

    public double? HangsUpAfter { get; set; }

    public Queue<string> Faults { get; } = new();

    public bool IsKnown { get; set; }

    public bool IsConnected { get; set; }

    /// <summary>Counts connections, so that what one has begun ends with it.</summary>
    public int Connections { get; set; }

    public bool IsBonded { get; set; }

    public bool IsSubscribed { get; set; }

    /// <summary>Counts subscriptions, so that the beats of an old one end.</summary>
    public int Subscription { get; private set; }

    /// <summary>A call that waits for the strap to come into range.</summary>
    public ulong? Call { get; set; }

    public void Subscribe(TimeSpan now)
    {
        Subscription++;
        IsSubscribed = true;
        if (MuteFor > 0) MuteFor--;
        Beats(now - TimeSpan.FromSeconds(1)); // what beat while nobody listened is lost, but for the last second
    }

    /// <summary>The notification of this second; null for none.</summary>
    public byte[]? Report(TimeSpan now)
    {
        var beats = Beats(now);
        return MuteFor > 0 ? null : [0x16, 75, .. beats.SelectMany(raw => new[] { (byte)raw, (byte)(raw >> 8) })];
    }

    private List<int> Beats(TimeSpan until)
    {
        var beats = new List<int>();
        while (true)
        {
            var raw = First + _beat % Round;
            var next = _beatAt + TimeSpan.FromSeconds(raw / 1024.0);
            if (next > until) return beats;
            (_beatAt, _beat) = (next, _beat + 1);
            beats.Add(raw);
        }
    }
}
