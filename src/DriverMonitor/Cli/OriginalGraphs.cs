using DriverMonitor.Vision;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DriverMonitor.Cli;

/// <summary>
/// The networks as they were converted, before they were rewritten to run faster, where somebody has them: what they take is the
/// measure that does not move when ours become faster.
/// </summary>
internal sealed class OriginalGraphs : IDisposable
{
    private const int Runs = 40, ExpressionEvery = 5;

    private readonly InferenceSession _mesh;
    private readonly InferenceSession? _blendshapes;
    private readonly InferenceSession? _expression;

    /// <exception cref="ModelException">One of them is not there or does not run.</exception>
    public OriginalGraphs(string folder, bool hasBlendshapes, bool hasExpression)
    {
        try
        {
            _mesh = Open(folder, "face_landmark_with_attention.onnx");
            if (hasBlendshapes) _blendshapes = Open(folder, "face_blendshapes.onnx");
            if (hasExpression) _expression = Open(folder, "faceapi_expression.onnx");
        }
        catch (OnnxRuntimeException e)
        {
            Dispose();
            throw new ModelException($"The original networks are not in {folder}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>
    /// Processor time of a picture in milliseconds. How often the program itself asks a network does not matter: the measure
    /// stays where it is when that becomes less.
    /// </summary>
    public (double All, double WithoutBlendshapes) Measure()
    {
        var without = Cost(_mesh) + Cost(_expression) / ExpressionEvery;
        return (without + Cost(_blendshapes), without);
    }

    public void Dispose()
    {
        _mesh?.Dispose();
        _blendshapes?.Dispose();
        _expression?.Dispose();
    }

    private static InferenceSession Open(string folder, string file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new(Path.Combine(folder, file), options);
    }

    private static double Cost(InferenceSession? session)
    {
        if (session is null) return 0;
        var (name, shape) = (session.InputNames[0], session.InputMetadata[session.InputNames[0]].Dimensions);
        var input = new DenseTensor<float>(Array.ConvertAll(shape, side => Math.Max(1, side)));
        input.Fill(0.5f);
        var values = new[] { NamedOnnxValue.CreateFromTensor(name, input) };
        for (var i = 0; i < 3; i++) session.Run(values).Dispose();
        var before = ProcessorTime.Total;
        for (var i = 0; i < Runs; i++) session.Run(values).Dispose();
        return (ProcessorTime.Total - before).TotalMilliseconds / Runs;
    }
}
