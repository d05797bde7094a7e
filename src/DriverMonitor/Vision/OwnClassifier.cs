using DriverMonitor.Camera;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Vision;

/// <summary>An operator's own network that looks for one thing, by its entry and without code.</summary>
internal sealed class OwnClassifier : ITorsoModel
{
    private readonly OwnModelEntry _entry;
    private readonly Func<double, TorsoReading> _report;
    private readonly ModelInput _sampled;
    private readonly float[] _pixels;

    /// <param name="path">Of the entry.</param>
    /// <param name="report">Puts how sure it is into a reading.</param>
    /// <exception cref="ModelException">The entry or the network is not what it should be.</exception>
    public OwnClassifier(string path, Func<double, TorsoReading> report, TimeProvider time)
    {
        (_entry, _report) = (OwnModelEntry.Read(path), report);
        var (input, output) = (_entry.Input, _entry.Output);
        long[]? shape = input.Order == "NCHW" ? [1, 3, input.Height, input.Width] : null;
        Model = new(
            new(
                Path.GetFileNameWithoutExtension(path), _entry.File, _entry.Bytes, _entry.Sha256, _entry.Licence,
                new(input.Name, input.Width, input.Height, input.Colour, input.Order, 1, 0, shape),
                [new(output.Name, output.Shape)]),
            _entry.Load(path), time);
        _sampled = new("", input.Width, input.Height, "RGB", "NHWC", 1, 0);
        // The sampler stores whole vectors and may write one number past the last pixel.
        _pixels = new float[input.Width * input.Height * 3 + 4];
    }

    public OnnxModel Model { get; }

    public void Prepare(Frame frame, PictureOrientation orientation, in FaceFrame face)
    {
        var (width, height) = orientation.UprightSize(frame);
        var area = _entry.Crop switch
        {
            "face" => face.Face(),
            "picture" => new CropArea(width / 2.0, height / 2.0, Math.Max(width, height), 0),
            _ => face.Torso(width, height),
        };
        TorsoCrop.Fill(_sampled, _pixels, frame, orientation, area);
    }

    public TorsoReading Run()
    {
        Arrange();
        Model.Run();
        foreach (var number in Model.Output(0))
            if (float.IsNaN(number)) throw new ModelException($"Model {_entry.File} answers with what is no number.");
        return _report(Confidence(Answer()));
    }

    public void Dispose() => Model.Dispose();

    /// <summary>Pixels in the order and on the scale that the network was trained on.</summary>
    private void Arrange()
    {
        var input = Model.Input;
        var pixels = _entry.Input.Width * _entry.Input.Height;
        var (step, plane) = _entry.Input.Order == "NCHW" ? (1, pixels) : (3, 1);
        for (var channel = 0; channel < 3; channel++)
        {
            var from = _entry.Input.Colour == "BGR" ? 2 - channel : channel;
            var (scale, offset) = (_entry.Input.Scale[channel], _entry.Input.Offset[channel]);
            for (var i = 0; i < pixels; i++)
                input[i * step + channel * plane] = _pixels[i * 3 + from] * scale + offset;
        }
    }

    private double Answer()
    {
        var (values, output) = (_entry.Output.Shape[^1], _entry.Output);
        var all = Model.Output(0);
        if (output.Shape.Length == 3)
            return Activated(System.Numerics.Tensors.TensorPrimitives.Max(all.Slice(output.Row * (int)values, (int)values)), 0);
        var sum = 0.0;
        if (output.Activation == "softmax")
            foreach (var one in all) sum += Math.Exp((double)one - all[output.Row]);
        return Activated(all[output.Row], sum);
    }

    private double Activated(double value, double sum) => _entry.Output.Activation switch
    {
        "sigmoid" => 1 / (1 + Math.Exp(-value)),
        "softmax" => 1 / sum,
        _ => value is >= 0 and <= 1 ? value : throw new ModelException(
            $"Model {_entry.File} answers outside 0 to 1: its entry's Output:Activation must be sigmoid or softmax."),
    };

    /// <summary>On the scale on which the judgement reads every detector: the entry's threshold is where a look counts.</summary>
    private double Confidence(double answer)
    {
        if (!double.IsFinite(answer)) throw new ModelException($"Model {_entry.File} answers with what is no number.");
        return answer < _entry.Threshold
            ? answer / _entry.Threshold * PhoneUseTracker.LikelyFrom
            : PhoneUseTracker.LikelyFrom
                + (answer - _entry.Threshold) / (1 - _entry.Threshold) * (1 - PhoneUseTracker.LikelyFrom);
    }
}
