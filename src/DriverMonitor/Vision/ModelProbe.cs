using DriverMonitor.Host;

namespace DriverMonitor.Vision;

/// <summary>Tries the models for <c>check</c>: each file against its hash, then all of them in the runtime.</summary>
internal static class ModelProbe
{
    public static CheckLine Check(VisionSettings settings)
    {
        try
        {
            var store = new ModelStore(settings.ModelFolder ?? ModelStore.DefaultFolder());
            foreach (var model in store.Models) store.Load(model);
            using var reader = new FaceReader(settings, default, TimeProvider.System);
            return new("models", Ok: true, $"{store.Models.Count} files are the manifest's, {reader.Mesh.Model.Entry.Label} runs");
        }
        catch (ModelException e)
        {
            return new("models", Ok: false, e.Message);
        }
    }
}
