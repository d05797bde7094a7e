using System.Globalization;
using DriverMonitor.Configuration;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>The models' self-test of <c>check</c>.</summary>
public sealed class SelfTestTests
{
    [Fact]
    public void The_known_face_is_found_where_it_is()
    {
        var line = ModelProbe.Check(new VisionSettings { Seat = new SeatRegion { Right = 0.1 } });

        Assert.True(line.Ok, line.Text);
        Assert.Contains("finds the known face to 0.", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_face_found_elsewhere_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("models").FullName;
        try
        {
            CopyModels(folder);
            var landmarks = Path.Combine(folder, "portrait", "landmarks.csv");
            File.WriteAllLines(landmarks, File.ReadAllLines(landmarks).Select(Shifted));

            var line = ModelProbe.Check(new VisionSettings { ModelFolder = folder });

            Assert.False(line.Ok);
            Assert.Contains("pixels beside it", line.Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_missing_portrait_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("models").FullName;
        try
        {
            CopyModels(folder);
            Directory.Delete(Path.Combine(folder, "portrait"), recursive: true);

            Assert.Contains(
                "Install the models folder again",
                ModelProbe.Check(new VisionSettings { ModelFolder = folder }).Text,
                StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CopyModels(string folder)
    {
        var source = ModelStore.DefaultFolder();
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Shifted(string line)
    {
        var parts = line.Split(',');
        parts[0] = (double.Parse(parts[0], CultureInfo.InvariantCulture) + 2).ToString(CultureInfo.InvariantCulture);
        return string.Join(',', parts);
    }
}
