using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>Fills the input of a model with a square of the picture.</summary>
internal static class TorsoCrop
{
    // Beyond it four neighbours miss pixels: noise comes through, and small things vanish between them.
    private const double MostBilinear = 2.2;

    /// <returns>From the model's pixels to those of the upright picture.</returns>
    public static Affine Fill(OnnxModel model, Frame frame, PictureOrientation orientation, in CropArea area) =>
        Fill(model.Entry.Input, model.Input, frame, orientation, area);

    /// <inheritdoc cref="Fill(OnnxModel, Frame, PictureOrientation, in CropArea)"/>
    public static Affine Fill(
        ModelInput input, Span<float> pixels, Frame frame, PictureOrientation orientation, in CropArea area)
    {
        var fromCrop = area.FromCrop(input.Width, input.Height);
        var toSource = orientation.ToSource(frame.Width, frame.Height).After(fromCrop);
        if (area.Side <= MostBilinear * Math.Min(input.Width, input.Height)) CropSampler.Sample(frame, toSource, input, pixels);
        else CropSampler.SampleArea(frame, toSource, input, pixels);
        return fromCrop;
    }
}
