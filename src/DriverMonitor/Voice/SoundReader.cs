using System.Runtime.InteropServices;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Voice;

/// <summary>
/// From bytes of sound to readings. This, the detector and the analyzer are the only places that hold sound: one frame, its
/// context and 61 ms, zeroed by <see cref="Reset"/>.
/// </summary>
internal sealed class SoundReader(SpeechDetector detector, bool withEffort) : IDisposable
{
    private readonly VoiceAnalyzer _analyzer = new(withEffort);
    private readonly short[] _frame = new short[SoundFormat.FrameSamples];
    private int _bytes;

    /// <summary>Room for the next bytes; say with <see cref="TryTake"/> how many came.</summary>
    public Span<byte> Room => MemoryMarshal.AsBytes(_frame.AsSpan())[_bytes..];

    /// <summary>Takes so many bytes of <see cref="Room"/>.</summary>
    /// <returns>Whether they completed a reading, of sound that ended <see cref="VoiceAnalyzer.Latency"/> ago.</returns>
    public bool TryTake(int bytes, out VoiceReading reading)
    {
        reading = default;
        _bytes += bytes;
        if (_bytes < _frame.Length * sizeof(short)) return false;
        _bytes = 0;
        return _analyzer.TryAdd(_frame, detector.Probability(_frame), out reading);
    }

    public void Reset()
    {
        Array.Clear(_frame);
        _bytes = 0;
        detector.Reset();
        _analyzer.Reset();
    }

    public void Dispose()
    {
        Reset();
        detector.Dispose();
    }
}
