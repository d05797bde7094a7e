using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>Seven expressions of the face as probabilities. Weak evidence of what is felt: see the model's card.</summary>
internal sealed class ExpressionModel(ModelStore store, TimeProvider time) : IDisposable
{
    public OnnxModel Model { get; } = new(store, "expression", time);

    public Expression Read(Frame frame, PictureOrientation orientation, in FaceLandmarks face)
    {
        var fromCrop = CropArea.ForExpression(face).FromCrop(Model.Entry.Input.Width);
        CropSampler.Sample(
            frame, orientation.ToSource(frame.Width, frame.Height).After(fromCrop), Model.Entry.Input, Model.Input);
        Model.Run();
        var p = Model.Output(0);
        return new(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
    }

    public void Dispose() => Model.Dispose();
}
