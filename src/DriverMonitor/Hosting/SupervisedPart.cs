using DriverMonitor.Configuration;
using DriverMonitor.Core.Supervision;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>
/// Contains what goes wrong in one part: logs it whole, counts it, tells of it, and starts the part again. May be used on any
/// thread; a part that works costs nothing.
/// </summary>
internal sealed partial class SupervisedPart : IDisposable
{
    /// <summary>So long without another failure, and the part counts as well again.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(1);

    private readonly ServicePart _part;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Action<PartState> _changed;
    private readonly Action<ServicePart>? _inject;
    private readonly long _start;
    private readonly ITimer _recovery;
    private readonly Lock _gate = new();
    private readonly RestartPolicy _policy = new();
    private PartState _state;

    /// <param name="changed">Told of each change of its condition.</param>
    /// <param name="inject">Throws to make the part fail on purpose.</param>
    public SupervisedPart(
        ServicePart part, TimeProvider time, ILogger log, Action<PartState> changed, Action<ServicePart>? inject = null)
    {
        (_part, _time, _log, _changed, _inject, _start) = (part, time, log, changed, inject, time.GetTimestamp());
        _name = part.Name();
        _state = new(part, PartCondition.Well, Failures: 0, Fault: null);
        _recovery = time.CreateTimer(_ => Recover(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PartState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>Runs the part until it is over, again and again if need be; also returns when it is left down.</summary>
    /// <param name="failed">What is safe meanwhile; told how long the part is away, null for good.</param>
    public async Task RunAsync(Func<CancellationToken, Task> run, CancellationToken stop, Action<TimeSpan?>? failed = null)
    {
        while (await RunOnceAsync(run, stop) is { } fault)
        {
            var wait = Fail(fault);
            failed?.Invoke(wait);
            if (wait is not { } pause) return;
            await Task.Delay(pause, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
        }
    }

    /// <summary>As <see cref="RunAsync"/>, for work that blocks its thread until it is over.</summary>
    public void Run(Action work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _inject?.Invoke(_part);
                work();
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (Fail(e) is not { } wait) return;
                stop.WaitHandle.WaitOne(wait);
            }
        }
    }

    /// <summary>
    /// For work that others call, in an exception filter: notes the failure; always true. Said once until it works for a while.
    /// </summary>
    public bool Contain(Exception fault)
    {
        if (Record(fault, PartCondition.Failing)) LogFailed(fault, _name);
        return true;
    }

    /// <summary>Notes a failure of a part that is started again by its owner.</summary>
    /// <returns>How long to wait before that; null to leave it down.</returns>
    public TimeSpan? Fail(Exception fault)
    {
        TimeSpan? wait;
        lock (_gate) wait = _policy.Fail(_time.GetElapsedTime(_start));
        if (wait is { } pause) LogRestart(fault, _name, pause);
        else LogLeftDown(fault, _name, RestartPolicy.MostFailures, RestartPolicy.Window);
        Record(fault, wait is null ? PartCondition.Down : PartCondition.Failing);
        return wait;
    }

    /// <summary>What <paramref name="make"/> makes; null if that fails.</summary>
    public T? Make<T>(Func<T?> make) where T : class
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is not ConfigurationException && Contain(e))
        {
            return null;
        }
    }

    /// <summary>Does the work, or what is safe if that fails.</summary>
    public void TryElse(Action work, Action otherwise)
    {
        try
        {
            _inject?.Invoke(_part);
            work();
        }
        catch (Exception e) when (Contain(e))
        {
            otherwise();
        }
    }

    /// <summary>The same work, contained; for timers and events, whose thread nobody else watches.</summary>
    public Action<T> Guard<T>(Action<T> work) => argument =>
    {
        try
        {
            _inject?.Invoke(_part);
            work(argument);
        }
        catch (Exception e) when (Contain(e))
        {
            // noted
        }
    };

    public void Dispose() => _recovery.Dispose();

    private async Task<Exception?> RunOnceAsync(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            if (_inject is null) await run(stop);
            else await RunWithFaultsAsync(run, stop);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // whatever goes wrong in a part must not reach the warning
        catch (Exception e)
        {
            return e;
        }
#pragma warning restore CA1031
    }

    private async Task RunWithFaultsAsync(Func<CancellationToken, Task> run, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = Task.Run(() => run(ending.Token), stop);
        try
        {
            while (!running.IsCompleted)
            {
                _inject!(_part);
                await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(10), _time, stop));
            }
        }
        finally
        {
            await ending.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Whether that is news.</returns>
    private bool Record(Exception fault, PartCondition condition)
    {
        PartState was, now;
        lock (_gate)
        {
            was = _state;
            if (was.Condition == PartCondition.Down) condition = PartCondition.Down;
            _state = now = new(_part, condition, was.Failures + 1, OneLine(fault));
            if (condition == PartCondition.Failing) _recovery.Change(Held, Timeout.InfiniteTimeSpan);
        }

        if (was.Condition != condition) _changed(now);
        return was.Condition != condition;
    }

    private void Recover()
    {
        PartState now;
        lock (_gate)
        {
            if (_state.Condition != PartCondition.Failing) return;
            _state = now = _state with { Condition = PartCondition.Well };
        }

        LogRecovered(_name);
        _changed(now);
    }

    /// <summary>Its kind and where it was thrown. The message may quote what a stranger sent.</summary>
    private static string OneLine(Exception fault) =>
        fault.TargetSite is { } method
            ? $"{fault.GetType().Name} in {method.DeclaringType?.Name}.{method.Name}"
            : fault.GetType().Name;

    [LoggerMessage(Level = LogLevel.Error, Message = "Part {Part} failed; the warning goes on.")]
    private partial void LogFailed(Exception fault, string part);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Part {Part} failed; the warning goes on, the part is started again in {Wait}."
    )]
    private partial void LogRestart(Exception fault, string part, TimeSpan wait);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Part {Part} failed {Times} times within {Window} and is left down; the warning goes on. Report it, then restart the service."
    )]
    private partial void LogLeftDown(Exception fault, string part, int times, TimeSpan window);

    [LoggerMessage(Level = LogLevel.Information, Message = "Part {Part} works again.")]
    private partial void LogRecovered(string part);
}
