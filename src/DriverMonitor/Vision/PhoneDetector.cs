using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>Whether something in the driver's hands looks like a phone (NanoDet-Plus, trained on COCO).</summary>
internal sealed class PhoneDetector(ModelStore store, TimeProvider time) : ITorsoModel
{
    /// <summary>Its row among the logits: "cell phone" of COCO's 80 classes.</summary>
    private const int CellPhone = 67;

    public OnnxModel Model { get; } = new(store, "phone-detector", time);

    public void Prepare(Frame frame, PictureOrientation orientation, in FaceFrame face)
    {
        var (width, height) = orientation.UprightSize(frame);
        TorsoCrop.Fill(Model, frame, orientation, face.Torso(width, height));
    }

    /// <summary>The likeliest of all places; where it is does not matter, for the crop shows this driver alone.</summary>
    public TorsoReading Run()
    {
        Model.Run();
        var places = (int)Model.Entry.Outputs[0].Shape[2];
        var best = System.Numerics.Tensors.TensorPrimitives.Max(Model.Output(0).Slice(CellPhone * places, places));
        return float.IsFinite(best)
            ? new(null, 1 / (1 + Math.Exp(-best)))
            : throw new ModelException($"Model {Model.Entry.File} answers with what is no number.");
    }

    public void Dispose() => Model.Dispose();
}
