using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;
using DriverMonitor.Hosting;

namespace DriverMonitor.Voice;

/// <summary>The sound of a file beside a replayed drive: measured as the drive goes on, as a microphone would be.</summary>
internal sealed class RecordedVoice(ReadOnlyMemory<byte> sound, SoundReader reader) : IVoiceMonitor, IDisposable
{
    private const int BytesPerSecond = SoundFormat.SamplesPerSecond * sizeof(short);
    private int _at;

    /// <exception cref="Files.InputException">The file is not what can be read.</exception>
    /// <exception cref="Vision.ModelException">The detector's model cannot be used.</exception>
    public static RecordedVoice Open(string path, Func<SpeechDetector> detector, bool withEffort) =>
        new(WavFile.Read(path), new(detector(), withEffort));

    public bool TryRead(TimeSpan now, out TimeSpan at, out VoiceReading reading)
    {
        while (TimeSpan.FromSeconds((double)_at / BytesPerSecond) <= now && _at < sound.Length)
        {
            var room = reader.Room;
            var count = Math.Min(room.Length, sound.Length - _at);
            sound.Span.Slice(_at, count).CopyTo(room);
            _at += count;
            if (!reader.TryTake(count, out reading)) continue;
            at = TimeSpan.FromSeconds((double)_at / BytesPerSecond) - VoiceAnalyzer.Latency;
            return true;
        }

        (at, reading) = (default, default);
        return false;
    }

    public void Dispose() => reader.Dispose();
}
