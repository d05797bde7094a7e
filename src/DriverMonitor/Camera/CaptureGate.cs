namespace DriverMonitor.Camera;

/// <summary>
/// Whether a live camera may be open: the loop lets it sleep and wakes it, the driver permits or forbids it, and both must agree.
/// What closes it ends a picture that is waited for, at once and from any thread.
/// </summary>
internal sealed class CaptureGate(ICamera camera, bool isPermitted) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _open = new(isPermitted);
    private CancellationTokenSource? _spell;
    private bool _isPermitted = isPermitted;
    private bool _isAsleep;
    private bool _isDisposed;

    public void Sleep() => Set(ref _isAsleep, to: true);

    public void Wake() => Set(ref _isAsleep, to: false);

    public void Permit(bool isPermitted) => Set(ref _isPermitted, isPermitted);

    /// <summary>Waits until the camera may be open.</summary>
    public void Wait(CancellationToken stop) => _open.Wait(stop);

    /// <summary>Names what is cancelled when the camera must be closed again; false if it must not be opened after all.</summary>
    public bool TryBegin(CancellationTokenSource spell)
    {
        lock (_gate)
        {
            if (!_open.IsSet) return false;
            _spell = spell;
            return true;
        }
    }

    public void End()
    {
        lock (_gate) _spell = null;
    }

    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _open.Dispose();
    }

    private void Set(ref bool one, bool to)
    {
        lock (_gate)
        {
            one = to;
            if (_isDisposed) return;
            if (_isPermitted && !_isAsleep)
            {
                _open.Set();
                return;
            }

            _open.Reset();
            // Only a camera that is open: nobody shall end the one that is opened next.
            if (_spell is null) return;
            _spell.Cancel();
            camera.Interrupt();
        }
    }
}
