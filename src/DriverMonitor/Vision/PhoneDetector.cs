using DriverMonitor.Camera;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Vision;

/// <summary>Whether something in the driver's hands looks like a phone (NanoDet-Plus, trained on COCO).</summary>
internal sealed class PhoneDetector(ModelStore store, TimeProvider time) : ITorsoModel
{
    /// <summary>Its row among the logits: "cell phone" of COCO's 80 classes.</summary>
    private const int CellPhone = 67;

    private static readonly int[] Strides = [8, 16, 32, 64];

    private readonly PhoneSquares _squares = new();
    private Affine _fromCrop;
    private FaceFrame _face;

    public OnnxModel Model { get; } = new(store, "phone-detector", time);

    public void Prepare(Frame frame, PictureOrientation orientation, in FaceFrame face)
    {
        var (width, height) = orientation.UprightSize(frame);
        _face = face;
        _fromCrop = TorsoCrop.Fill(Model, frame, orientation, _squares.Current(face, width, height));
    }

    public TorsoReading Run()
    {
        Model.Run();
        var places = (int)Model.Entry.Outputs[0].Shape[2];
        var likeliest = Likeliest(Model.Output(0).Slice(CellPhone * places, places));
        if (!float.IsFinite(likeliest)) throw new ModelException($"Model {Model.Entry.File} answers with what is no number.");
        var phone = 1 / (1 + Math.Exp(-likeliest));
        _squares.Update(phone >= PhoneUseTracker.LikelyFrom);
        return new(null, phone);
    }

    public void Dispose() => Model.Dispose();

    /// <summary>
    /// Of all places but those before eyes, nose and mouth: hands there look like phones (drawn ones 0.17 to 0.44, and 0.18 at
    /// most without these places), and no phone is read there.
    /// </summary>
    private float Likeliest(ReadOnlySpan<float> logits)
    {
        var (best, i) = (float.NegativeInfinity, 0);
        foreach (var stride in Strides)
        {
            var columns = Model.Entry.Input.Width / stride;
            for (var cell = 0; cell < columns * columns; cell++, i++)
            {
                var logit = logits[i];
                if (float.IsNaN(logit)) return float.NaN;
                if (logit > best && !IsBeforeFace(cell % columns * stride, cell / columns * stride)) best = logit;
            }
        }

        return best;
    }

    private bool IsBeforeFace(double x, double y)
    {
        (x, y) = _fromCrop.Map(x, y);
        return _face.IsBeforeFace(x, y);
    }
}
