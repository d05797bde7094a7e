using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>A face as the detector sees it, in pixels of the upright picture.</summary>
internal readonly record struct DetectedFace(
    float Score, double CentreX, double CentreY, double Width, double Height,
    double LeftEyeX, double LeftEyeY, double RightEyeX, double RightEyeY)
{
    public double Area => Width * Height;

    /// <summary>The same face in a picture of this size that is turned by 180 degrees.</summary>
    public DetectedFace Turned((int Width, int Height) picture) => this with
    {
        CentreX = picture.Width - CentreX, CentreY = picture.Height - CentreY,
        LeftEyeX = picture.Width - LeftEyeX, LeftEyeY = picture.Height - LeftEyeY,
        RightEyeX = picture.Width - RightEyeX, RightEyeY = picture.Height - RightEyeY,
    };

    /// <summary>Shared area over joint area, 0..1.</summary>
    public double Overlap(in DetectedFace other)
    {
        var w =
            Math.Min(CentreX + Width / 2, other.CentreX + other.Width / 2)
            - Math.Max(CentreX - Width / 2, other.CentreX - other.Width / 2);
        var h =
            Math.Min(CentreY + Height / 2, other.CentreY + other.Height / 2)
            - Math.Max(CentreY - Height / 2, other.CentreY - other.Height / 2);
        return w <= 0 || h <= 0 ? 0 : w * h / (Area + other.Area - w * h);
    }
}

/// <summary>
/// Finds faces in the whole picture (BlazeFace). It runs only to pick a face up; afterwards the mesh finds its own way.
/// </summary>
internal sealed class FaceDetector : IDisposable
{
    private const float LowestScore = 0.5f;
    private const double SameFace = 0.3;
    public const int MostCandidates = 64;

    private readonly OnnxModel _model;
    private readonly float[] _anchors;
    private readonly DetectedFace[] _candidates = new DetectedFace[MostCandidates];
    private readonly bool[] _taken = new bool[MostCandidates];
    private readonly DetectedFace[] _faces = new DetectedFace[MostCandidates];

    /// <param name="store">The models.</param>
    /// <param name="far">The full-range network, for faces more than two metres away.</param>
    /// <param name="time">For the record of time spent.</param>
    public FaceDetector(ModelStore store, bool far, TimeProvider time)
    {
        _model = new OnnxModel(store, far ? "face-detector-far" : "face-detector", time);
        _anchors = far ? AnchorGrid.Make((48, 1)) : AnchorGrid.Make((16, 2), (8, 6));
    }

    public OnnxModel Model => _model;

    /// <summary>The faces in the picture, best first. The span is overwritten by the next call.</summary>
    public ReadOnlySpan<DetectedFace> Find(Frame frame, PictureOrientation orientation)
    {
        var size = _model.Entry.Input.Width;
        var (width, height) = orientation.SwapsSides ? (frame.Height, frame.Width) : (frame.Width, frame.Height);
        var (letterbox, shown) = Letterbox(width, height, size);

        CropSampler.SampleArea(
            frame, orientation.ToSource(frame.Width, frame.Height).After(shown), _model.Entry.Input, _model.Input);
        _model.Run();

        var found = Decode(letterbox, size);
        _candidates.AsSpan(0, found).Sort(BestFirst);
        return _faces.AsSpan(0, Merge(found));
    }

    public void Dispose() => _model.Dispose();

    // A comparison and no comparer, which every sort would wrap anew.
    private static readonly Comparison<DetectedFace> BestFirst = (a, b) => b.Score.CompareTo(a.Score);

    /// <summary>
    /// The whole picture in the middle of the square input. The picture is shown in whole pixels of the input, so it is
    /// stretched by up to half a pixel; answers are read with the true proportions, as the detector was trained to be.
    /// </summary>
    private static (Affine Read, Affine Shown) Letterbox(int width, int height, int size)
    {
        var k = (double)Math.Max(width, height) / size;
        var (shownWidth, shownHeight) = (Math.Round(width / k), Math.Round(height / k));
        var (left, top) = (Math.Floor((size - shownWidth) / 2), Math.Floor((size - shownHeight) / 2));
        var (kx, ky) = (width / shownWidth, height / shownHeight);
        return (new(k, 0, -left * k, 0, k, -top * k), new(kx, 0, -left * kx, 0, ky, -top * ky));
    }

    /// <summary>Offsets from anchors to boxes and eyes, for every anchor that believes in a face.</summary>
    private int Decode(in Affine letterbox, int size)
    {
        var boxes = _model.Output(0);
        var logits = _model.Output(1);
        var found = 0;
        for (var i = 0; i < logits.Length && found < MostCandidates; i++)
        {
            if (logits[i] <= 0) continue; // sigmoid(0) is the lowest score
            var score = 1 / (1 + MathF.Exp(-logits[i]));
            if (score < LowestScore) continue;

            var b = boxes.Slice(i * 16, 16);
            var (ax, ay) = (_anchors[i * 2] * size, _anchors[i * 2 + 1] * size);
            var (cx, cy) = letterbox.Map(b[0] + ax, b[1] + ay);
            var (lx, ly) = letterbox.Map(b[4] + ax, b[5] + ay);
            var (rx, ry) = letterbox.Map(b[6] + ax, b[7] + ay);
            _candidates[found++] = new(score, cx, cy, b[2] * letterbox.A, b[3] * letterbox.A, lx, ly, rx, ry);
        }

        return found;
    }

    /// <summary>
    /// Overlapping candidates are one face at their score-weighted mean, as the detector was trained to be read.
    /// </summary>
    private int Merge(int found)
    {
        Array.Clear(_taken, 0, found);
        var faces = 0;
        for (var i = 0; i < found; i++)
        {
            if (_taken[i]) continue;
            var top = _candidates[i];
            double weight = 0, cx = 0, cy = 0, w = 0, h = 0, lx = 0, ly = 0, rx = 0, ry = 0;
            for (var k = i; k < found; k++)
            {
                ref readonly var c = ref _candidates[k];
                if (_taken[k] || (k != i && top.Overlap(c) <= SameFace)) continue;
                _taken[k] = true;
                weight += c.Score;
                (cx, cy, w, h) = (
                    cx + c.Score * c.CentreX, cy + c.Score * c.CentreY, w + c.Score * c.Width, h + c.Score * c.Height);
                (lx, ly) = (lx + c.Score * c.LeftEyeX, ly + c.Score * c.LeftEyeY);
                (rx, ry) = (rx + c.Score * c.RightEyeX, ry + c.Score * c.RightEyeY);
            }

            _faces[faces++] = new(
                top.Score, cx / weight, cy / weight, w / weight, h / weight, lx / weight, ly / weight, rx / weight, ry / weight);
        }

        return faces;
    }
}
