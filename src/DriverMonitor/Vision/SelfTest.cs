using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>
/// The shipped portrait through the shipped models, against the landmarks stored beside it: it finds a runtime or a
/// processor that calculates wrongly, which no hash can.
/// </summary>
internal static class SelfTest
{
    /// <summary>Other processors and other versions of the runtime round differently: by hundredths of a pixel.</summary>
    public const double LargestMeanPixels = 1.0;

    private const int StoredPoints = 468;

    /// <summary>Mean distance of the landmarks found from the stored ones, in pixels of the portrait.</summary>
    public static double MeanPixels(FaceReader reader, string portrait)
    {
        using var camera = new FolderCamera(Path.Combine(portrait, "portrait.jpg"), framesPerSecond: 1);
        using var frame = ReadPortrait(camera, portrait);
        reader.Read(frame);
        reader.Read(frame); // the crop follows the mesh of the first pass

        var points = StoredFile.ReadLines(Path.Combine(portrait, "landmarks.csv")).Take(StoredPoints).ToArray();
        return points.Select((line, i) => Distance(reader, i, line)).Average();
    }

    private static Frame ReadPortrait(FolderCamera camera, string portrait)
    {
        camera.Open();
        var frame = camera.NewFrame();
        if (!camera.Read(frame, CancellationToken.None))
            throw new ModelException($"The portrait in {portrait} cannot be read. Install the models folder again.");
        return frame;
    }

    private static double Distance(FaceReader reader, int point, string line)
    {
        var stored = line.Split(',');
        var found = reader.Mesh.Landmarks[point];
        return double.Hypot(
            found.X - double.Parse(stored[0], CultureInfo.InvariantCulture),
            found.Y - double.Parse(stored[1], CultureInfo.InvariantCulture));
    }
}
