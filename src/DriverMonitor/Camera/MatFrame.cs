using OpenCvSharp;

namespace DriverMonitor.Camera;

/// <summary>A frame that shows the pixels where OpenCV decoded them.</summary>
internal sealed class MatFrame : Frame
{
    public Mat Mat { get; } = new();

    /// <summary>Points the frame at what was read last.</summary>
    public void Refresh()
    {
        var layout = Mat.Channels() == 1 ? PixelLayout.Gray8 : PixelLayout.Bgr24;
        Show(Mat.Data, Mat.Width, Mat.Height, (int)Mat.Step(), layout);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Mat.Dispose();
        base.Dispose(disposing);
    }
}
