using DriverMonitor.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Camera;

/// <summary>
/// What stands between the camera and the loop. A live camera has a thread and one slot, and the newest picture wins: an
/// old one would only make the warning late. A recording loses nothing and is decoded on the loop's own thread: a second
/// thread made the whole replay 1.1 times as fast and cost 1.4 times the processor time.
/// </summary>
/// <remarks>Frames are made once and go round; every frame taken from <see cref="Next"/> must come back to
/// <see cref="Return"/>.</remarks>
internal sealed partial class CameraFeed : IDisposable
{
    private readonly ICamera _camera;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Func<bool, bool>? _lamp;
    private readonly long _started;
    private readonly Lock _gate = new();
    private readonly Stack<Frame> _free = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;
    private readonly CaptureGate _may;
    private Frame? _newest;
    private Exception? _failure;
    private bool _lost;
    private bool _disposed;
    private TimeSpan _silentAt;

    private CameraFeed(ICamera camera, TimeProvider time, ILogger log, Func<bool, bool>? lamp, bool isPermitted)
    {
        (_camera, _may) = (camera, new(camera, isPermitted));
        _lamp = lamp;
        _time = time;
        _log = log;
        _started = time.GetTimestamp();
        _thread = new Thread(Capture) { IsBackground = true, Name = "camera" };
    }

    /// <summary>Pictures a recording holds in all, where it says so.</summary>
    public int? FrameCount => _camera.FrameCount;

    /// <summary>What a recording promised and did not give; null where everything came.</summary>
    public InputLoss? Loss => _camera.Loss;

    /// <summary>Pictures that came.</summary>
    public long Frames { get; private set; }

    /// <summary>Pictures nobody saw because a newer one came first.</summary>
    public long Dropped { get; private set; }

    /// <summary>How often the camera was lost and tried again.</summary>
    public long Reopened { get; private set; }

    /// <summary>
    /// Starts reading. A recording is opened at once and throws <see cref="CameraException"/>; a live camera that is not
    /// there yet is silence, and tried again and again. The feed disposes the camera.
    /// </summary>
    /// <param name="lamp">Switches the lamp that tells people of a live camera; false when the camera must stay off.</param>
    /// <param name="isPermitted">Whether a live camera may be opened at all; <see cref="Permit"/> says so later.</param>
    public static CameraFeed Open(
        ICamera camera, TimeProvider time, ILogger? log = null, Func<bool, bool>? lamp = null, bool isPermitted = true)
    {
        var feed = new CameraFeed(camera, time, log ?? NullLogger.Instance, lamp, isPermitted);
        try
        {
            if (!camera.IsLive) camera.Open();
        }
        catch
        {
            feed.Dispose();
            throw;
        }

        if (camera.IsLive) feed._thread.Start();
        return feed;
    }

    /// <summary>
    /// The next picture; silence after <paramref name="patience"/> without one (a recording is waited for); or the end.
    /// </summary>
    public FeedItem Next(TimeSpan patience, CancellationToken stop)
    {
        if (!_camera.IsLive)
            return TryRead(stop) is { } read ? new(read, read.At, IsEnd: false) : new(null, default, IsEnd: true);
        if (!_arrived.Wait(patience, stop))
        {
            var now = Now;
            // Whoever was kept from the processor while it waited may find a picture: that was no silence.
            if (!_arrived.Wait(TimeSpan.Zero, stop)) return new(null, _silentAt = now, IsEnd: false);
        }

        lock (_gate)
        {
            if (_newest is not { } frame) throw new InvalidOperationException("The camera thread failed.", _failure);
            _newest = null;
            // A picture that was on its way while silence was told of is late; told as older it would be a clock that ran back,
            // and the judgement would forget the closure that it stands in.
            if (frame.At < _silentAt) frame.At = _silentAt;
            return new(frame, frame.At, IsEnd: false);
        }
    }

    /// <summary>
    /// Gives a live camera's device back until <see cref="Wake"/>; the feed's clock goes on. A recording does not sleep.
    /// </summary>
    public void Sleep() => _may.Sleep();

    /// <summary>Opens the camera again, if it sleeps and may.</summary>
    public void Wake() => _may.Wake();

    /// <summary>The driver allows the camera, or forbids it: then it is closed at once and stays so, whoever wakes it.</summary>
    public void Permit(bool isPermitted) => _may.Permit(isPermitted);

    public void Return(Frame frame)
    {
        lock (_gate)
        {
            if (!_disposed) _free.Push(frame);
            else frame.Dispose();
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        // A read that hangs in a driver must not hang the stop: the thread is a background one and dies with the process.
        if (_thread.IsAlive && !_thread.Join(TimeSpan.FromSeconds(2))) return;
        lock (_gate)
        {
            _disposed = true;
            _newest?.Dispose();
            foreach (var frame in _free) frame.Dispose();
        }

        _camera.Dispose();
        _arrived.Dispose();
        _may.Dispose();
        _closing.Dispose();
    }

    private TimeSpan Now => _time.GetElapsedTime(_started);

    private void Capture()
    {
        try
        {
            CaptureLive(_closing.Token);
        }
        catch (OperationCanceledException)
        {
            // closing: nobody asks for the next picture any more
        }
#pragma warning disable CA1031 // handed to the loop, which must die of it on its own thread
        catch (Exception e)
        {
            lock (_gate) (_failure, _newest) = (e, null);
            _arrived.Release();
        }
#pragma warning restore CA1031
    }

    private void CaptureLive(CancellationToken stop)
    {
        while (true)
        {
            _may.Wait(stop);
            using var spell = CancellationTokenSource.CreateLinkedTokenSource(stop);
            try
            {
                if (_may.TryBegin(spell)) CaptureAwake(spell.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // told to sleep
            }
            finally
            {
                _may.End();
            }
        }
    }

    /// <summary>Opens, reads, and opens again what was lost, until told to stop or to sleep.</summary>
    private void CaptureAwake(CancellationToken stop)
    {
        var backOff = BackOff.OfCamera();
        while (true)
        {
            try
            {
                if (_lamp?.Invoke(true) == false)
                    throw new CameraException("its lamp cannot be lit, and Gpio:LampRequired keeps it off without.");
                _camera.Open();
                var opened = Now;
                while (TryRead(stop) is { } frame)
                {
                    frame.At = Now;
                    ShowFound();
                    backOff.Hold(frame.At - opened);
                    Show(frame);
                    stop.ThrowIfCancellationRequested();
                }

                stop.ThrowIfCancellationRequested();
                ShowLost("it gives no more pictures.");
            }
            catch (CameraException e)
            {
                // A command that was ended on purpose complains as if it had been lost.
                stop.ThrowIfCancellationRequested();
                ShowLost(e.Message);
            }
            finally
            {
                _camera.Close();
                _lamp?.Invoke(false);
            }

            Reopened++;
            WaitFor(backOff.Next(), stop);
        }
    }

    /// <summary>Fills a frame that nobody holds; null when the camera has no more.</summary>
    private Frame? TryRead(CancellationToken stop)
    {
        var frame = TakeFree();
        var filled = false;
        try
        {
            frame.Number = Frames;
            var started = _time.GetTimestamp();
            filled = _camera.Read(frame, stop);
            frame.ArrivedAt = _time.GetTimestamp();
            frame.FilledIn = _time.GetElapsedTime(started, frame.ArrivedAt);
        }
        finally
        {
            if (!filled) Return(frame);
        }

        if (!filled) return null;
        Frames++;
        return frame;
    }

    /// <summary>Puts a live picture into the slot; one that still waits there is dropped and counted.</summary>
    private void Show(Frame frame)
    {
        lock (_gate)
        {
            if (_newest is not { } stale)
            {
                _arrived.Release();
            }
            else
            {
                Dropped++;
                _free.Push(stale);
            }

            _newest = frame;
        }
    }

    /// <summary>Three frames are made in all: one is judged, one waits, one is being filled.</summary>
    private Frame TakeFree()
    {
        lock (_gate) return _free.TryPop(out var frame) ? frame : _camera.NewFrame();
    }

    private void ShowLost(string reason)
    {
        if (!_lost) LogLost(reason);
        _lost = true;
    }

    private void ShowFound()
    {
        if (_lost) LogBack();
        _lost = false;
    }

    private void WaitFor(TimeSpan wait, CancellationToken stop)
    {
        using var over = new ManualResetEventSlim();
        using var timer = _time.CreateTimer(_ => over.Set(), null, wait, Timeout.InfiniteTimeSpan);
        over.Wait(stop);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The camera is lost: {Reason} Trying again.")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The camera is back.")]
    private partial void LogBack();
}
