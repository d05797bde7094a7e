using DriverMonitor.Core.Voice;
using DriverMonitor.Vision;
using DriverMonitor.Voice;

namespace DriverMonitor.Tests.Voice;

/// <summary>The speech network against what its authors' runtime gives, and what it costs.</summary>
public sealed class SpeechDetectorTests : IDisposable
{
    // One second of 0.3 sin(2 pi 180 t) that is on while sin(2 pi 3 t) > 0, from a fresh state.
    private static readonly double[] Reference =
    [
        0.09449, 0.12674, 0.04987, 0.02042, 0.00966, 0.02764, 0.01297, 0.00874, 0.00663, 0.00472, 0.01039, 0.01807, 0.00759,
        0.00484, 0.00501, 0.0302, 0.01353, 0.00837, 0.00567, 0.00443, 0.03489, 0.01645, 0.00841, 0.00422, 0.0044, 0.00405,
        0.00901, 0.0013, 0.00239, 0.00165, 0.00173,
    ];

    private readonly SpeechDetector _detector = new(new ModelStore(ModelStore.DefaultFolder()));

    public void Dispose() => _detector.Dispose();

    [Fact]
    public void It_agrees_with_the_reference_also_after_a_reset()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var frame = 0; frame < Reference.Length; frame++)
                Assert.Equal(Reference[frame], _detector.Probability(Gated(frame)), 1e-3);
            _detector.Reset();
        }
    }

    [Fact]
    public void A_frame_costs_no_memory()
    {
        var frame = Gated(0);
        for (var i = 0; i < 50; i++) _detector.Probability(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++) _detector.Probability(frame);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("altered")]
    public void A_broken_model_is_told_in_one_line(string how)
    {
        var folder = Directory.CreateTempSubdirectory("models-");
        try
        {
            File.Copy(Path.Combine(ModelStore.DefaultFolder(), "manifest.json"), Path.Combine(folder.FullName, "manifest.json"));
            if (how == "altered") File.WriteAllBytes(Path.Combine(folder.FullName, "silero_vad_16k.onnx"), new byte[1_289_603]);
            var error = Assert.Throws<ModelException>(() => new SpeechDetector(new ModelStore(folder.FullName)));
            Assert.Contains("silero_vad_16k.onnx", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static short[] Gated(int frame) =>
    [
        .. Enumerable.Range(frame * SoundFormat.FrameSamples, SoundFormat.FrameSamples).Select(i =>
        {
            var t = (double)i / SoundFormat.SamplesPerSecond;
            var x = Math.Sin(2 * Math.PI * 3 * t) > 0 ? 0.3 * Math.Sin(2 * Math.PI * 180 * t) : 0;
            return (short)Math.Round(x * 32768);
        }),
    ];
}
