using DriverMonitor.Camera;
using DriverMonitor.Configuration;

namespace DriverMonitor.Vision;

/// <summary>Tries the models for <c>check</c>: each file against its hash, then all of them on a face that is known.</summary>
internal static class ModelProbe
{
    public static CheckLine Check(VisionSettings settings)
    {
        try
        {
            var store = ModelStore.Open(settings);
            var needed = store.Models.Where(model => !model.Optional).ToArray();
            foreach (var model in needed) store.Load(model);

            // The seat's region is the vehicle's; the portrait fills its picture.
            using var reader = new FaceReader(settings with { Seat = new() }, default, TimeProvider.System);
            var off = SelfTest.MeanPixels(reader, Path.Combine(store.Folder, "portrait"));
            return off <= SelfTest.LargestMeanPixels
                ? new(
                    "models",
                    Ok: true,
                    FormattableString.Invariant(
                        $"{needed.Length} files are the manifest's, {reader.Mesh.Model.Entry.Label} finds the known face to {off:0.000} pixels"
                    ))
                : new(
                    "models",
                    Ok: false,
                    FormattableString.Invariant(
                        $"{reader.Mesh.Model.Entry.Label} finds the known face {off:0.0} pixels beside it. Install the program again; if that does not help, the processor calculates wrongly."
                    ));
        }
        catch (ModelException e)
        {
            return new("models", Ok: false, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CameraException)
        {
            return new(
                "models",
                Ok: false,
                $"The portrait for the self-test cannot be read: {e.Message} Install the models folder again.");
        }
    }
}
