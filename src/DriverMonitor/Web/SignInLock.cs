namespace DriverMonitor.Web;

/// <summary>
/// Five wrong passwords in a quarter of an hour lock the sign-in, whoever sent them: addresses are cheap on a local network.
/// Who has signed in already is not disturbed.
/// </summary>
internal sealed class SignInLock(TimeProvider time)
{
    public const int Most = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Queue<long> _wrong = new(Most);

    /// <summary>How long nobody may try; zero if one may.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_gate)
            {
                while (_wrong.TryPeek(out var first) && time.GetElapsedTime(first) >= Window) _wrong.Dequeue();
                return _wrong.Count < Most ? TimeSpan.Zero : Window - time.GetElapsedTime(_wrong.Peek());
            }
        }
    }

    /// <summary>Wrong passwords that may still be tried before the lock falls.</summary>
    public int Left
    {
        get
        {
            lock (_gate) return Most - _wrong.Count(at => time.GetElapsedTime(at) < Window);
        }
    }

    /// <summary>
    /// Counts a try before it is judged, as if it were wrong: hashing takes so long that hundreds sent at once would
    /// all be judged before the first is found wrong. False if none is left.
    /// </summary>
    public bool TryReserve()
    {
        lock (_gate)
        {
            if (Wait > TimeSpan.Zero) return false;
            _wrong.Enqueue(time.GetTimestamp());
            return true;
        }
    }

    public void Reset()
    {
        lock (_gate) _wrong.Clear();
    }
}
