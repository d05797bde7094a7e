using System.Runtime.InteropServices;
using DriverMonitor.Core.Voice;
using DriverMonitor.Vision;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DriverMonitor.Voice;

/// <summary>
/// How probable it is that a frame holds speech: Silero's network with its memory of what came before. Runs on one thread and
/// allocates nothing; the sound in it is zeroed by <see cref="Reset"/>.
/// </summary>
internal sealed unsafe class SpeechDetector : IDisposable
{
    /// <summary>The model's name in the manifest.</summary>
    public const string Model = "speech";

    // The network wants the end of the frame before.
    private const int Context = 64, Samples = Context + SoundFormat.FrameSamples, StateLength = 2 * 128;

    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly OrtValue[] _values;
    private readonly float* _memory;

    /// <exception cref="ModelException">The model is missing, altered, or does not run.</exception>
    public SpeechDetector(ModelStore store)
    {
        var entry = store.Entry(Model);
        var bytes = store.Load(entry);
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)(Floats * sizeof(float) + sizeof(long)), 64);
        Reset();
        *Rate = SoundFormat.SamplesPerSecond;
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = 1,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            _session = new InferenceSession(bytes, options);
            _binding = _session.CreateIoBinding();
            _values =
            [
                Float(Input, [1, Samples]), Float(State, [2, 1, 128]),
                OrtValue.CreateTensorValueWithData(
                    OrtMemoryInfo.DefaultInstance, TensorElementType.Int64, [], (nint)Rate, sizeof(long)),
                Float(Output, [1, 1]), Float(NextState, [2, 1, 128]),
            ];
            _binding.BindInput(entry.Input.Name, _values[0]);
            _binding.BindInput("state", _values[1]);
            _binding.BindInput("sr", _values[2]);
            _binding.BindOutput(entry.Outputs[0].Name, _values[3]);
            _binding.BindOutput(entry.Outputs[1].Name, _values[4]);
            Run();
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"Model {entry.File} does not run: {e.Message}", e);
        }

        Reset();
    }

    // Context and frame, state, output, next state.
    private static int Floats => Samples + StateLength + 16 + StateLength;

    private float* Input => _memory;

    private float* State => _memory + Samples;

    private float* Output => State + StateLength;

    private float* NextState => Output + 16;

    private long* Rate => (long*)(NextState + StateLength);

    /// <param name="frame">The next 512 samples.</param>
    /// <returns>0..1.</returns>
    public double Probability(ReadOnlySpan<short> frame)
    {
        new ReadOnlySpan<float>(Input + SoundFormat.FrameSamples, Context).CopyTo(new(Input, Context));
        for (var i = 0; i < SoundFormat.FrameSamples; i++) Input[Context + i] = frame[i] / 32768f;
        Run();
        new ReadOnlySpan<float>(NextState, StateLength).CopyTo(new(State, StateLength));
        return *Output;
    }

    /// <summary>Another stretch of sound begins; nothing is left of the one before.</summary>
    public void Reset() => new Span<float>(_memory, Floats).Clear();

    public void Dispose()
    {
        _options.Dispose();
        _binding.Dispose();
        _session.Dispose();
        foreach (var value in _values) value.Dispose();
        Reset();
        NativeMemory.AlignedFree(_memory);
    }

    private void Run() => _session.RunWithBinding(_options, _binding);

    private static OrtValue Float(float* at, long[] shape) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)at,
        shape.Aggregate(1L, (a, b) => a * b) * sizeof(float));
}
