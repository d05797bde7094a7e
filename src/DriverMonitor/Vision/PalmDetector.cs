using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>Finds the driver's hands by their palms (BlazePalm, lite), the two surest.</summary>
internal sealed class PalmDetector(ModelStore store, TimeProvider time) : ITorsoModel
{
    private const float LowestScore = 0.5f;

    /// <summary>Palms nearer to each other than this share of their size are one.</summary>
    private const double SamePalm = 0.4;

    private const int Values = 18, Points = 7;

    private static readonly float[] Anchors = AnchorGrid.Make((24, 2), (12, 6));

    private Affine _fromCrop;
    private FaceFrame _face;

    public OnnxModel Model { get; } = new(store, "palm-detector", time);

    public void Prepare(Frame frame, PictureOrientation orientation, in FaceFrame face)
    {
        var (width, height) = orientation.UprightSize(frame);
        _face = face;
        _fromCrop = TorsoCrop.Fill(Model, frame, orientation, face.Torso(width, height));
    }

    public TorsoReading Run()
    {
        Model.Run();
        var first = Surest(null);
        return new(new(first?.Read, first is { } one ? Surest(one)?.Read : null), null);
    }

    public void Dispose() => Model.Dispose();

    /// <summary>The surest palm that is not <paramref name="other"/> seen once more.</summary>
    private Palm? Surest(Palm? other)
    {
        var boxes = Model.Output(0);
        var logits = Model.Output(1);
        Palm? best = null;
        for (var i = 0; i < logits.Length; i++)
        {
            if (!(logits[i] > 0)) continue; // sigmoid(0) is the lowest score
            var score = 1 / (1 + MathF.Exp(-logits[i]));
            if (score < LowestScore || score <= best?.Read.Score) continue;
            var palm = Measure(boxes.Slice(i * Values, Values), i, score);
            if (other is { } seen && double.Hypot(palm.X - seen.X, palm.Y - seen.Y) < SamePalm * Math.Max(seen.Width, palm.Width))
                continue;
            best = palm;
        }

        return best;
    }

    private Palm Measure(ReadOnlySpan<float> box, int anchor, float score)
    {
        double x = 0, y = 0;
        for (var k = 0; k < Points; k++) (x, y) = (x + box[4 + 2 * k] / Points, y + box[5 + 2 * k] / Points);
        var side = Model.Entry.Input.Width;
        (x, y) = _fromCrop.Map(x + Anchors[2 * anchor] * side, y + Anchors[2 * anchor + 1] * side);
        var width = box[2] * _fromCrop.Scale;
        return new(x, y, width, _face.Measure(score, x, y, width));
    }

    private readonly record struct Palm(double X, double Y, double Width, HandReading Read);
}
