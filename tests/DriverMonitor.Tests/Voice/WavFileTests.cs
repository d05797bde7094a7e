using System.Runtime.InteropServices;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Files;
using DriverMonitor.Vision;
using DriverMonitor.Voice;

namespace DriverMonitor.Tests.Voice;

/// <summary>Sound files: one form is read, every other is refused in one line.</summary>
public sealed class WavFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wav-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("RIFF")]
    [InlineData("RIFF....AVI ")]
    [InlineData("RIFF....WAVE")]
    [InlineData("RIFF....WAVEfmt ")]
    [InlineData("RIFF....WAVEdata")]
    [InlineData("RIFF....WAVEdata\u00FF\u00FF\u00FF\u00FF....")]
    [InlineData("RIFF....WAVEfmt \u00FF\u00FF\u00FF\u00FFdata")]
    public void What_is_no_sound_is_refused(string content)
    {
        var path = Path.Combine(_folder.FullName, "x.wav");
        File.WriteAllBytes(path, [.. content.Select(c => (byte)c)]);
        var error = Assert.Throws<InputException>(() => WavFile.Read(path));
        Assert.Contains("ffmpeg -i FILE -ar 16000 -ac 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(44100, 1, 16)]
    [InlineData(16000, 2, 16)]
    [InlineData(16000, 1, 8)]
    public void Another_form_is_refused(int rate, int channels, int bits) =>
        Assert.Throws<InputException>(() => WavFile.Read(Write([1, 2, 3], rate, channels, bits)));

    [Fact]
    public void A_file_is_measured_as_the_drive_goes_on()
    {
        var path = Write(Sound.ToPcm(Sound.Scaled(Sound.Road(10), 0.02)));
        Assert.Equal(320_000, WavFile.Read(path).Length);
        using var voice = RecordedVoice.Open(path, () => new(new ModelStore(ModelStore.DefaultFolder())), withEffort: true);
        var ends = new List<double>();
        for (var now = 0.0; now < 12; now += 0.1)
            while (voice.TryRead(TimeSpan.FromSeconds(now), out var at, out _))
            {
                Assert.InRange(at.TotalSeconds, now - 0.6, now);
                ends.Add(at.TotalSeconds);
            }

        Assert.Equal(19, ends.Count);
        Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.Equal(0.512, pair.Second - pair.First, 1e-6));
    }

    private string Write(short[] samples, int rate = 16000, int channels = 1, int bits = 16)
    {
        var path = Path.Combine(_folder.FullName, "x.wav");
        using var file = new BinaryWriter(File.Create(path));
        file.Write("RIFF"u8);
        file.Write(0);
        file.Write("WAVEfmt "u8);
        file.Write(16);
        file.Write((short)1);
        file.Write((short)channels);
        file.Write(rate);
        file.Write(rate * channels * bits / 8);
        file.Write((short)(channels * bits / 8));
        file.Write((short)bits);
        file.Write("LIST"u8);
        file.Write(3);
        file.Write([1, 2, 3, 0]);
        file.Write("data"u8);
        // Who writes to a pipe does not know how long it will be.
        file.Write(uint.MaxValue);
        file.Write(MemoryMarshal.AsBytes(samples.AsSpan()));
        return path;
    }
}
