namespace DriverMonitor.Camera;

/// <summary>
/// What a USB camera is asked to send. Most send uncompressed pictures only at low rates, because the cable is full.
/// </summary>
internal enum UsbFormat
{
    /// <summary>What the camera prefers.</summary>
    Any,

    Mjpeg,
    Yuyv,

    /// <summary>8 bits of luma (GREY): many infrared cameras.</summary>
    Grey,

    /// <summary>16 bits of luma (Y16), the upper eight of which are used.</summary>
    Grey16,
}
