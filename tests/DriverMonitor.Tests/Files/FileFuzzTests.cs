using System.Text;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Tests.HeartRate;
using DriverMonitor.Tests.Recording;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using SkiaSharp;

namespace DriverMonitor.Tests.Files;

/// <summary>
/// Every reader of foreign files, fed valid files with bytes changed, cut, doubled and mixed: it reads them or refuses them with
/// the exception that becomes a documented exit code and one short line. 100,000 always, 5 million in the long form.
/// </summary>
public sealed class FileFuzzTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("fuzz").FullName, "input.dat");

    private static int Rounds => LongForm.IsWanted ? 5_000_000 : 100_000;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Damaged_files_are_read_or_refused_in_one_short_line()
    {
        var random = new Random(20240501);
        var seeds = Seeds();
        Assert.InRange(seeds.Count, 60, 200);
        var failures = new List<string>();
        for (var round = 0; round < Rounds && failures.Count < 5; round++)
        {
            var (name, read, bytes) = seeds[round % seeds.Count];
            var damaged = Mutate(random, bytes, seeds[random.Next(seeds.Count)].Bytes);
            File.WriteAllBytes(_path, damaged);
            if (Try(read) is { } failure) failures.Add($"{name}, round {round}: {failure}\n{Convert.ToBase64String(damaged.AsSpan(0, Math.Min(600, damaged.Length)))}");
            if (round % 97 == 0) Assert.Equal(damaged, File.ReadAllBytes(_path));
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private string? Try(Action<string> read)
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            read(_path);
        }
        catch (Exception e)
            when (e
                    is HeartFileException
                        or VehicleFileException
                        or ConfigurationException
                        or RecordingException
                        or CameraException
                        or InputException)
        {
            var line = ShownText.Line(e.Message);
            if (line.Any(char.IsControl) || Encoding.UTF8.GetByteCount(line) > 4096) return $"says {line}";
        }
#pragma warning disable CA1031 // what is caught here is what the test looks for
        catch (Exception e)
        {
            return e.ToString();
        }
#pragma warning restore CA1031

        return TimeProvider.System.GetElapsedTime(began) > Longest ? "took too long" : null;
    }

    private static byte[] Mutate(Random random, byte[] bytes, byte[] other)
    {
        var list = bytes.ToList();
        for (var i = random.Next(1, 6); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(8))
            {
                case 0: list[at] = (byte)random.Next(256); break;
                case 1: list[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: list.RemoveRange(at, Math.Min(random.Next(1, 40), list.Count - at)); break;
                case 3: list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(1, 200), list.Count - at))); break;
                case 4: list.InsertRange(at, Odd[random.Next(Odd.Length)]); break;
                case 5: list.RemoveRange(at, list.Count - at); break;
                case 6: list.InsertRange(at, other.AsSpan(0, Math.Min(other.Length, random.Next(1, 100))).ToArray()); break;
                default: for (var j = at; j < Math.Min(list.Count, at + 8); j++) list[j] = (byte)random.Next(256); break;
            }
        }

        return [.. list];
    }

    private static readonly byte[][] Odd =
    [
        .. new[]
        {
            "NaN",
            "1e999",
            "-1",
            "9999999999999999999",
            "\0",
            "\u001b[2J",
            ",",
            ";",
            "\n",
            "\r",
            "\"",
            "{",
            "}",
            "[",
            "<",
            "&#0;",
            "0x10",
            "\ufeff",
            "١٢٣",
            "24:00:00",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE],
        [0x80],
        [0xC0, 0x80],
    ];

    /// <summary>Sixty valid files and more, each with its reader.</summary>
    private List<(string Name, Action<string> Read, byte[] Bytes)> Seeds()
    {
        var seeds = new List<(string, Action<string>, byte[])>();
        foreach (object[] row in HeartFormatTests.Series)
        {
            var (header, line) = ((string)row[0], (string)row[1]);
            Heart(
                header,
                Encoding.UTF8.GetBytes(
                    header
                        + string.Concat(
                            Enumerable.Repeat(
                                line.Replace("{R}", "812", StringComparison.Ordinal)
                                    .Replace("{T}", "1.5", StringComparison.Ordinal)
                                    .Replace("{B}", "74", StringComparison.Ordinal)
                                    .Replace("{M}", "00:01", StringComparison.Ordinal),
                                20))));
        }

        Heart("fit", HeartFormatTests.FitBytes());
        Heart("tcx", "<T><Trackpoint><Time>2024-05-01T10:00:00Z</Time><HeartRateBpm><Value>75</Value></HeartRateBpm></Trackpoint></T>"u8.ToArray());
        Heart("apple", "<H><Record startDate='2024-05-01 10:00:00 +0200'><InstantaneousBeatsPerMinute bpm='75' time='1:00:00,5'/></Record></H>"u8.ToArray());
        Heart("utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("800\n810\n820\n")]);
        for (var i = 0; i < 4; i++)
            seeds.Add(("speed", path => _ = new RecordedSpeed(path), Encoding.UTF8.GetBytes("at_s,kmh\n0,50\n1,\n2,60.5\n")));
        var shipped = File.ReadAllBytes(MonitorOptions.ShippedFile);
        seeds.Add(("settings", path => MonitorOptions.Load(path), shipped));
        seeds.Add(
            (
                "few settings",
                path => MonitorOptions.Load(path),
                Encoding.UTF8.GetBytes(
                    """{ "DriverMonitor": { "Recording": { "MaxAge": "7 days" }, "Camera": { "Width": 640 } } }""")));
        seeds.Add(
            (
                "durations",
                path => MonitorOptions.Load(path),
                Encoding.UTF8.GetBytes(
                    """{ "DriverMonitor": { "Recording": { "MaxAge": "24:00:00" }, "Vehicle": { "Gpsd": { "Host": "localhost" } } } }"""
                )));
        var recording = ShortRecording();
        for (var i = 0; i < 4; i++) seeds.Add(("recording", Recording, recording));
        seeds.Add(("jpeg", Picture, Encoded(SKEncodedImageFormat.Jpeg)));
        seeds.Add(("png", Picture, Encoded(SKEncodedImageFormat.Png)));
        return seeds;

        void Heart(string name, byte[] bytes) => seeds.Add(($"heart {name}", path => HeartFile.Read(path), bytes));
    }

    private byte[] ShortRecording()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_path)!, "drive");
        RecordedVehicle.Judge(RecordedVehicle.TenMinutes().Take(60), folder, _path);
        return File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder)));
    }

    private static byte[] Encoded(SKEncodedImageFormat format)
    {
        using var picture = new SKBitmap(48, 32);
        picture.Erase(SKColors.Teal);
        using var data = picture.Encode(format, 80);
        return data.ToArray();
    }

    private static void Picture(string path)
    {
        using var folder = new FolderCamera(path, framesPerSecond: 10);
        folder.Open();
        using var frame = folder.NewFrame();
        folder.Read(frame, CancellationToken.None);
    }

    private static void Recording(string path)
    {
        if (Recordings.Find(path) is not { } parts) return;
        var reader = new RecordingReader(parts);
        _ = RecordingContent.Of(reader);
        _ = DriveOnDisk.Of(parts);
    }
}
