namespace DriverMonitor.Time;

/// <summary>
/// The system's clock, with each timer on a thread of its own. The shared thread pool is late when others block in it:
/// 0.7 s was measured while a test run started up, which is too long for an alarm.
/// </summary>
internal sealed class DedicatedThreadTimeProvider : TimeProvider
{
    /// <summary>One-shot timers only: <paramref name="period"/> must be infinite.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ThreadTimer(this, () => callback(state), dueTime, period);

    private sealed class ThreadTimer : ITimer
    {
        private readonly TimeProvider _time;
        private readonly Action _callback;
        private readonly object _gate = new();
        private TimeSpan _wait;
        private long _setAt;
        private bool _disposed;

        public ThreadTimer(TimeProvider time, Action callback, TimeSpan dueTime, TimeSpan period)
        {
            _time = time;
            _callback = callback;
            Change(dueTime, period);
            new Thread(Run) { IsBackground = true, Name = "buzzer" }.Start();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException("This clock has one-shot timers only.");
            lock (_gate)
            {
                _wait = dueTime;
                _setAt = _time.GetTimestamp();
                Monitor.Pulse(_gate);
                return !_disposed;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _disposed = true;
                Monitor.Pulse(_gate);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Run()
        {
            while (WaitUntilDue()) _callback();
        }

        /// <summary>False when disposed.</summary>
        private bool WaitUntilDue()
        {
            lock (_gate)
            {
                while (!_disposed)
                {
                    if (_wait == Timeout.InfiniteTimeSpan)
                    {
                        Monitor.Wait(_gate);
                        continue;
                    }

                    var left = _wait - _time.GetElapsedTime(_setAt);
                    if (left <= TimeSpan.Zero)
                    {
                        _wait = Timeout.InfiniteTimeSpan;
                        return true;
                    }

                    // Whole milliseconds, rounded up: waking a little early would mean spinning until it is time.
                    Monitor.Wait(_gate, (int)Math.Ceiling(left.TotalMilliseconds));
                }

                return false;
            }
        }
    }
}
