using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>Fills the input of a model with a square of the picture.</summary>
internal static class TorsoCrop
{
    // Beyond it four neighbours miss pixels: noise comes through, and small things vanish between them.
    private const double MostBilinear = 2.2;

    /// <returns>From the model's pixels to those of the upright picture.</returns>
    public static Affine Fill(OnnxModel model, Frame frame, PictureOrientation orientation, in CropArea area)
    {
        var input = model.Entry.Input;
        var fromCrop = area.FromCrop(input.Width);
        var toSource = orientation.ToSource(frame.Width, frame.Height).After(fromCrop);
        if (area.Side <= MostBilinear * input.Width) CropSampler.Sample(frame, toSource, input, model.Input);
        else CropSampler.SampleArea(frame, toSource, input, model.Input);
        return fromCrop;
    }
}
