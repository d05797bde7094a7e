using System.ComponentModel;
using System.Diagnostics;
using DriverMonitor.Hosting;

namespace DriverMonitor.Tests.Camera;

/// <summary>Clips in a folder of their own, made by the ffmpeg program from its test pictures.</summary>
public sealed class FfmpegClips : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clips-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Makes a clip from ffmpeg's arguments, one blank between two; gives its path.</summary>
    public string Make(string name, string arguments)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments.Split(' '), PathOf(name)])
        {
            RedirectStandardError = true,
        };
        try
        {
            using var ffmpeg = Process.Start(start)!;
            var words = ffmpeg.StandardError.ReadToEnd();
            ffmpeg.WaitForExit();
            Assert.True(ffmpeg.ExitCode == 0, words);
        }
        catch (Win32Exception)
        {
            Assert.Fail("These tests need the ffmpeg program: apt-get install ffmpeg");
        }

        return PathOf(name);
    }

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
