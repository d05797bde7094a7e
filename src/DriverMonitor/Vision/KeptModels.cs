using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>
/// The last set of models that ran here, kept where the service writes: a disk that loses a model's bytes must not leave the
/// driver unwatched.
/// </summary>
/// <param name="stateFolder">The service's folder; null keeps nothing.</param>
internal sealed class KeptModels(string? stateFolder)
{
    private string? Folder => stateFolder is null ? null : Path.Combine(stateFolder, "models");

    /// <summary>Makes the reader of the settings' models or, if those cannot be used, of the kept ones.</summary>
    /// <param name="why">Why the settings' own cannot be used; null if they are.</param>
    /// <exception cref="ModelException">Neither can be used; it says why of the settings' own.</exception>
    public FaceReader Open(VisionSettings settings, Func<VisionSettings, FaceReader> make, out string? why)
    {
        why = null;
        try
        {
            return make(settings);
        }
        catch (ModelException e) when (Folder is { } kept && Directory.Exists(kept))
        {
            why = e.Message;
            try
            {
                return make(settings with { ModelFolder = kept });
            }
            catch (ModelException)
            {
                throw e;
            }
        }
    }

    /// <summary>Keeps a set that runs, unless it is kept already. May take a second: not for the watch's thread.</summary>
    /// <returns>Whether there was something to keep.</returns>
    /// <exception cref="IOException">The disk does not take it; what was kept before stays.</exception>
    public bool Keep(ModelStore models)
    {
        if (Folder is not { } folder) return false;
        var manifest = StoredFile.ReadBytes(Path.Combine(models.Folder, "manifest.json"));
        if (IsKept(folder, manifest)) return false;

        var next = folder + ".new";
        if (Directory.Exists(next)) Directory.Delete(next, recursive: true);
        PrivateFile.CreateFolder(next);
        foreach (var model in models.Models.Where(model => !model.Optional))
            Write(Path.Combine(next, model.File), models.Load(model));
        foreach (var file in Directory.EnumerateFiles(models.Folder, "manifest.json*"))
            Write(Path.Combine(next, Path.GetFileName(file)), StoredFile.ReadBytes(file));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.Move(next, folder);
        return true;
    }

    private static bool IsKept(string folder, byte[] manifest)
    {
        var file = Path.Combine(folder, "manifest.json");
        return File.Exists(file) && StoredFile.ReadBytes(file).AsSpan().SequenceEqual(manifest);
    }

    private static void Write(string path, byte[] content)
    {
        using var file = PrivateFile.Create(path);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
