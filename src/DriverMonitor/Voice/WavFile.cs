using System.Buffers.Binary;
using DriverMonitor.Core.Voice;
using DriverMonitor.Files;

namespace DriverMonitor.Voice;

/// <summary>The samples of a WAV file in the one form that is judged.</summary>
internal static class WavFile
{
    /// <summary>Half a day; what is larger is not one drive.</summary>
    private const long Largest = 1536L << 20;

    private const string Convert = "Convert it: ffmpeg -i FILE -ar 16000 -ac 1 -c:a pcm_s16le voice.wav";

    /// <summary>The bytes of its samples, in memory only as long as it is read.</summary>
    /// <exception cref="InputException">It is none, or of another form.</exception>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        var bytes = InputFile.ReadBytes("Sound file", path, Largest);
        if (!bytes.AsSpan().StartsWith("RIFF"u8) || bytes.Length < 12 || !bytes.AsSpan(8).StartsWith("WAVE"u8))
            throw new InputException($"Sound file {path} is no WAV file. {Convert}");
        var isRight = false;
        for (var at = 12L; at + 8 <= bytes.Length;)
        {
            var name = bytes.AsSpan((int)at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)at + 4));
            var content = bytes.AsMemory((int)at + 8);
            // Who writes to a pipe does not know the length and writes the largest.
            content = content[..(int)Math.Min(length, content.Length)];
            if (name.SequenceEqual("fmt "u8)) isRight = IsRight(content.Span);
            else if (name.SequenceEqual("data"u8))
                return isRight ? content : throw new InputException($"Sound file {path} is not 16 kHz, mono, 16 bit. {Convert}");
            at += 8 + length + length % 2;
        }

        throw new InputException($"Sound file {path} holds no sound. {Convert}");
    }

    private static bool IsRight(ReadOnlySpan<byte> format) =>
        format.Length >= 16
        && BinaryPrimitives.ReadUInt16LittleEndian(format) is 1 or 0xFFFE
        && BinaryPrimitives.ReadUInt16LittleEndian(format[2..]) == 1
        && BinaryPrimitives.ReadUInt32LittleEndian(format[4..]) == SoundFormat.SamplesPerSecond
        && BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) == 16;
}
