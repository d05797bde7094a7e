using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Vision;

namespace DriverMonitor.Web.Aim;

/// <summary>
/// Lets one viewer who aims the camera see single pictures: the viewer brings the memory, the loop fills it once and forgets
/// it. Without a viewer the loop does no more than look that there is none, and note where the face is.
/// </summary>
/// <param name="file">Where it is kept how the camera was aimed; null to keep nothing.</param>
internal sealed class FrameTap(PictureOrientation orientation, TimeProvider time, AimFile? file = null) : IDisposable
{
    private readonly long _since = time.GetTimestamp();
    private readonly SemaphoreSlim _filled = new(0);
    private AimPicture? _wanted;
    private PictureQuality? _quality;

    public AimPermit Permit { get; } = new(time);

    /// <summary>Whether the camera still stands as it was aimed.</summary>
    public AimDrift Drift { get; } = new() { Reference = file?.Load() };

    /// <summary>Saves how the camera stands now; false while the driver is not seen.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public bool Save()
    {
        if (Drift.Current is not { } now) return false;
        var aim = now with { Saved = time.GetLocalNow() };
        Drift.Reference = aim;
        file?.Save(aim);
        return true;
    }

    /// <summary>The next picture, in the viewer's own memory.</summary>
    public async Task NextAsync(AimPicture picture, CancellationToken stop)
    {
        Volatile.Write(ref _wanted, picture);
        try
        {
            await _filled.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // Taken back, or waited for until the loop, which has begun, is done with it.
            if (Interlocked.CompareExchange(ref _wanted, null, picture) != picture)
                await _filled.WaitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>For the loop, with every picture and what was read from it.</summary>
    public void Show(Frame frame, FaceMesh mesh, in FaceReading face)
    {
        // Measured once a second, and seldom in a picture that somebody wants.
        _quality = face.Picture ?? _quality;
        Drift.Update(time.GetElapsedTime(_since), face, orientation.UprightSize(frame).Width);
        if (Volatile.Read(ref _wanted) is null || Interlocked.Exchange(ref _wanted, null) is not { } picture) return;
        try
        {
            picture.Fill(frame, orientation, mesh, face, _quality);
        }
        finally
        {
            _filled.Release();
        }
    }

    public void Dispose() => _filled.Dispose();
}
