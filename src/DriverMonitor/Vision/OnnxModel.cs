using System.Runtime.InteropServices;
using DriverMonitor.Files;
using Microsoft.ML.OnnxRuntime;

namespace DriverMonitor.Vision;

/// <summary>
/// One network with its input and outputs bound to memory once, so that running it allocates nothing. One inference thread
/// that does not spin: a default session burnt twenty times the processor time for the same answer.
/// </summary>
internal sealed partial class OnnxModel : IDisposable
{
    /// <summary>
    /// Since 1.29 the runtime's Linux builds make up an identifier of the device, keep it below the home folder and send
    /// what runs here to their maker, unless this is set before the runtime is first touched. The .NET way of setting a
    /// variable does not reach native code.
    /// </summary>
    static OnnxModel() => SetVariable("ORT_DISABLE_TELEMETRY", "1", overwrite: 1);

    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly Tensor _input;
    private readonly Tensor[] _outputs;
    private readonly TimeProvider _time;

    public OnnxModel(ModelStore store, string name, TimeProvider time)
        : this(store.Entry(name), store.Load(store.Entry(name)), time) { }

    /// <param name="entry">What the network must take and give.</param>
    /// <param name="bytes">The network, verified.</param>
    /// <exception cref="ModelException">It does not run, or is another one than the entry says.</exception>
    public OnnxModel(ModelEntry entry, byte[] bytes, TimeProvider time)
    {
        (Entry, _time) = (entry, time);
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = 1,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                // Each session's arena grows in powers of two and never shrinks; without, a run costs the same (0.99 measured).
                EnableCpuMemArena = false,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            _session = new InferenceSession(bytes, options);
            Require(_session.InputMetadata, Entry.Input.Name, Entry.Input.Shape ?? [1, Entry.Input.Height, Entry.Input.Width, 3]);
            foreach (var output in Entry.Outputs) Require(_session.OutputMetadata, output.Name, output.Shape);
            _binding = _session.CreateIoBinding();
            _input = new Tensor(Entry.Input.Shape ?? [1, Entry.Input.Height, Entry.Input.Width, 3]);
            _binding.BindInput(Entry.Input.Name, _input.Value);
            _outputs = Array.ConvertAll(Entry.Outputs, o => new Tensor(o.Shape));
            for (var i = 0; i < _outputs.Length; i++) _binding.BindOutput(Entry.Outputs[i].Name, _outputs[i].Value);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"Model {Entry.File} does not run: {e.Message}", e);
        }
    }

    public ModelEntry Entry { get; }

    /// <summary>Where the next picture goes: rows of pixels of R, G, B, or whatever else the model is shown.</summary>
    public Span<float> Input => _input.Values;

    public ReadOnlySpan<float> Output(int index) => _outputs[index].Values;

    /// <summary>How often the network ran, and how long it took in all: pure inference, without preparing the picture.</summary>
    public long Runs { get; private set; }

    public TimeSpan TimeInside { get; private set; }

    /// <summary>The processor time of it: on a busy machine others' turns lie within <see cref="TimeInside"/>.</summary>
    public TimeSpan ProcessorInside { get; private set; }

    public void Run()
    {
        var (started, spent) = (_time.GetTimestamp(), ThreadTime.Spent);
        _session.RunWithBinding(_options, _binding);
        TimeInside += _time.GetElapsedTime(started);
        ProcessorInside += ThreadTime.Spent - spent;
        Runs++;
    }

    /// <summary>Makes a run throw that is under way; from another thread. This model runs no more.</summary>
    public void Abort() => _options.Terminate = true;

    public void Dispose()
    {
        _options.Dispose();
        _binding.Dispose();
        _session.Dispose();
        _input.Dispose();
        foreach (var output in _outputs) output.Dispose();
    }

    /// <summary>The memory is bound once: a network of other shapes must not get it.</summary>
    private void Require(IReadOnlyDictionary<string, NodeMetadata> all, string name, long[] shape)
    {
        if (!all.TryGetValue(name, out var has))
            throw new ModelException($"Model {Entry.File} has no '{ShownText.Excerpt(name)}' as its entry says.");
        var isSame = has.ElementType == typeof(float) && has.Dimensions.Length == shape.Length;
        for (var i = 0; isSame && i < shape.Length; i++) isSame = has.Dimensions[i] < 0 || has.Dimensions[i] == shape[i];
        if (!isSame)
            throw new ModelException(
                $"Model {Entry.File}: '{ShownText.Excerpt(name)}' is {has.ElementType.Name} [{string.Join(", ", has.Dimensions)}], "
                    + $"and its entry says Single [{string.Join(", ", shape)}].");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);

    /// <summary>Native memory that both the runtime and our code see; the collector never moves it.</summary>
    private sealed unsafe class Tensor : IDisposable
    {
        private readonly int _length;
        private float* _memory;

        public Tensor(long[] shape)
        {
            var length = 1L;
            foreach (var side in shape) length *= side;
            _length = checked((int)length);

            // The sampler stores whole vectors and may write one float past the last pixel.
            var bytes = (nuint)(_length * sizeof(float));
            _memory = (float*)NativeMemory.AlignedAlloc(bytes + 64, 64);
            NativeMemory.Clear(_memory, bytes + 64);
            Value = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance,
                Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float,
                shape,
                (nint)_memory,
                (long)bytes);
        }

        public OrtValue Value { get; }

        public Span<float> Values => new(_memory, _length);

        public void Dispose()
        {
            Value.Dispose();
            NativeMemory.AlignedFree(_memory);
            _memory = null;
        }
    }
}
