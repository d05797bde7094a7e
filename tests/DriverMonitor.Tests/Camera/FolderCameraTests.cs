using DriverMonitor.Camera;
using SkiaSharp;

namespace DriverMonitor.Tests.Camera;

public sealed class FolderCameraTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pictures").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pictures_come_in_natural_order_each_at_its_time_and_size()
    {
        foreach (var (name, width) in new[] { ("img10.png", 30), ("img2.jpg", 20), ("img1.PNG", 10) }) Save(name, width);
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "not a picture, and not asked for");

        Assert.Equal(["0.0 10x8 Rgba32", "0.1 20x8 Rgba32", "0.2 30x8 Rgba32"], ReadAll());
    }

    [Fact]
    public void An_empty_folder_is_named()
    {
        using var camera = new FolderCamera(_folder, 10);
        Assert.Contains(_folder, Assert.Throws<CameraException>(camera.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_picture_is_named()
    {
        Save("img1.png", 10);
        File.WriteAllText(Path.Combine(_folder, "img2.png"), "broken");

        Assert.Contains("img2.png", Assert.Throws<CameraException>(ReadAll).Message, StringComparison.Ordinal);
    }

    private List<string> ReadAll()
    {
        using var camera = new FolderCamera(_folder, 10);
        camera.Open();
        using var frame = camera.NewFrame();
        var pictures = new List<string>();
        while (camera.Read(frame, CancellationToken.None))
            pictures.Add(FormattableString.Invariant($"{frame.At.TotalSeconds:F1} {frame.Width}x{frame.Height} {frame.Layout}"));
        return pictures;
    }

    private void Save(string name, int width)
    {
        using var bitmap = new SKBitmap(width, 8);
        using var data = bitmap.Encode(
            name.EndsWith("jpg", StringComparison.Ordinal) ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, 90);
        File.WriteAllBytes(Path.Combine(_folder, name), data.ToArray());
    }
}
