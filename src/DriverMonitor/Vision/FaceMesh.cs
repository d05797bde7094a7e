using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Lays 478 points over the face in a crop (attention mesh: 468 points, then lips, eyes and irises once more in detail).
/// It answers for any picture, a headrest too: believe it only while <see cref="Presence"/> is high.
/// </summary>
internal sealed class FaceMesh : IDisposable
{
    private readonly float[] _points = new float[FaceLandmarks.Count * 3];
    private readonly CropLight[] _lights;
    private CropLight _light;

    public FaceMesh(ModelStore store, TimeProvider time)
    {
        Model = new(store, "face-mesh", time);
        _lights = [NewLight(), NewLight()];
        _light = _lights[0];

        CropLight NewLight() => new(Model.Entry.Input.Width, Model.Entry.Input.Height);
    }

    public OnnxModel Model { get; }

    /// <summary>0..1 for the last picture.</summary>
    public double Presence { get; private set; }

    /// <summary>Mean of the last crop's values, 0 black to 1 white.</summary>
    public double Brightness { get; private set; }

    /// <summary>The light on the last crop's face.</summary>
    public FaceLight Light => _light.Light;

    /// <summary>What the last crop showed where the eyes were drawn.</summary>
    public (double? Left, double? Right) EyeContrast { get; private set; }

    /// <summary>The last picture's points, in pixels of the upright picture.</summary>
    public FaceLandmarks Landmarks => new(_points);

    /// <param name="face">0, or 1 for the second of two faces: in noise a face is mixed with its own last picture.</param>
    public void Run(Frame frame, PictureOrientation orientation, in CropArea area, int face = 0)
    {
        _light = _lights[face];
        var fromCrop = area.FromCrop(Model.Entry.Input.Width);
        CropSampler.Sample(
            frame, orientation.ToSource(frame.Width, frame.Height).After(fromCrop), Model.Entry.Input, Model.Input);
        Brightness = System.Numerics.Tensors.TensorPrimitives.Sum<float>(Model.Input) / Model.Input.Length;
        _light.Prepare(Model.Input, frame.At);
        Model.Run();
        Presence = 1 / (1 + Math.Exp(-Model.Output(6)[0]));
        var side = Model.Entry.Input.Width;
        EyeContrast = (
            EyePatch.Contrast(Model.Input, side, Model.Output(2)), EyePatch.Contrast(Model.Input, side, Model.Output(3)));
        Place(fromCrop, area.Side / Model.Entry.Input.Width);
    }

    public void Dispose() => Model.Dispose();

    private void Place(in Affine fromCrop, double depthScale)
    {
        var mesh = Model.Output(0);
        for (var i = 0; i < 468; i++)
        {
            Put(i, mesh[i * 3], mesh[i * 3 + 1], fromCrop);
            _points[i * 3 + 2] = (float)(mesh[i * 3 + 2] * depthScale);
        }

        Refine(Model.Output(1), MeshTopology.Lips, fromCrop);
        Refine(Model.Output(2), MeshTopology.LeftEye, fromCrop);
        Refine(Model.Output(3), MeshTopology.RightEye, fromCrop);
        PutIris(Model.Output(4), 468, MeshTopology.LeftEye, fromCrop);
        PutIris(Model.Output(5), 473, MeshTopology.RightEye, fromCrop);
    }

    private void Refine(ReadOnlySpan<float> detail, ReadOnlySpan<short> points, in Affine fromCrop)
    {
        for (var k = 0; k < points.Length; k++) Put(points[k], detail[k * 2], detail[k * 2 + 1], fromCrop);
    }

    /// <summary>The network gives no depth for irises; the lid rim's mean depth stands in.</summary>
    private void PutIris(ReadOnlySpan<float> iris, int first, ReadOnlySpan<short> eye, in Affine fromCrop)
    {
        var depth = 0f;
        foreach (var rim in eye[..MeshTopology.LidRim]) depth += _points[rim * 3 + 2];
        for (var k = 0; k < 5; k++)
        {
            Put(first + k, iris[k * 2], iris[k * 2 + 1], fromCrop);
            _points[(first + k) * 3 + 2] = depth / MeshTopology.LidRim;
        }
    }

    private void Put(int point, float cropX, float cropY, in Affine fromCrop)
    {
        var (x, y) = fromCrop.Map(cropX, cropY);
        _points[point * 3] = (float)x;
        _points[point * 3 + 1] = (float)y;
    }
}
