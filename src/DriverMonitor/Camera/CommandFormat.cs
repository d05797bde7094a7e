namespace DriverMonitor.Camera;

/// <summary>What a camera command writes: pictures of the configured size without anything between them, or MJPEG.</summary>
internal enum CommandFormat
{
    /// <summary>Planes of full range: <c>rpicam-vid --codec yuv420</c>.</summary>
    I420,

    /// <summary>Planes of limited range: GStreamer's and FFmpeg's usual yuv420p.</summary>
    I420Limited,

    Bgr24,
    Rgba32,
    Gray8,

    /// <summary>JPEG pictures one after the other, of any size.</summary>
    Mjpeg,
}
