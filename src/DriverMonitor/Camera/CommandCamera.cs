namespace DriverMonitor.Camera;

/// <summary>
/// A live camera behind any command that writes pictures to its standard output: rpicam-vid, gst-launch-1.0, ffmpeg. Raw
/// pictures go straight into the frame; JPEG ones are cut out of the stream and decoded.
/// </summary>
internal sealed class CommandCamera(CameraSettings settings, TimeProvider time) : ICamera
{
    private readonly string _command = settings.Command ?? throw new CameraException("Camera:Command names no command.");
    private volatile ChildProcess? _child;
    private CommandJpegs? _jpegs;

    public bool IsLive => true;

    public int? FrameCount => null;

    public Frame NewFrame() => new();

    public void Open()
    {
        Close();
        _child = ChildProcess.Start(_command, settings.Arguments, time);
        _jpegs = settings.Format == CommandFormat.Mjpeg ? new CommandJpegs(_child) : null;
    }

    /// <exception cref="CameraException">The command ended or hangs; the message tells its last words.</exception>
    public bool Read(Frame frame, CancellationToken stop)
    {
        if (_child is not { } child) return false;
        if (_jpegs?.Read(frame, stop) ?? ReadRaw(child, frame, stop)) return true;
        throw new CameraException(child.Ending());
    }

    public void Close()
    {
        _child?.Dispose();
        _child = null;
    }

    public void Interrupt() => _child?.Kill();

    public void Dispose() => Close();

    private bool ReadRaw(ChildProcess child, Frame frame, CancellationToken stop)
    {
        frame.Shape(settings.Width, settings.Height, settings.Format switch
        {
            CommandFormat.I420 => PixelLayout.I420,
            CommandFormat.I420Limited => PixelLayout.I420Limited,
            CommandFormat.Bgr24 => PixelLayout.Bgr24,
            CommandFormat.Rgba32 => PixelLayout.Rgba32,
            _ => PixelLayout.Gray8,
        });
        return child.ReadAll(frame.Pixels, frame.Size, stop);
    }
}
