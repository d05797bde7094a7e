using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>
/// The models on disk. A file is used only if its size and SHA-256 are the manifest's: a model that somebody or a dying
/// SD card altered would go on answering, wrongly.
/// </summary>
internal sealed class ModelStore
{
    private static readonly string ThisArchitecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private readonly string _folder;

    /// <summary>
    /// Reads the manifest. Throws <see cref="ModelException"/> if it is missing, not understood or nobody's who is believed.
    /// </summary>
    /// <param name="folder">Where the manifest and its files are.</param>
    /// <param name="trust">Whose manifest is believed; null for this version's own.</param>
    /// <param name="architecture">Whose files to use; null for this processor's.</param>
    public ModelStore(string folder, ManifestTrust? trust = null, string? architecture = null)
    {
        _folder = folder;
        var path = Path.Combine(folder, "manifest.json");
        try
        {
            var bytes = StoredFile.ReadBytes(path);
            var manifest = JsonSerializer.Deserialize(bytes, ManifestJson.Default.ModelManifest)
                ?? throw new JsonException("it is empty");
            (trust ?? ManifestTrust.OwnOnly).Require(folder, bytes, manifest.Release);
            Models = Array.FindAll(
                manifest.Models, m => m.Architecture is null || m.Architecture == (architecture ?? ThisArchitecture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                $"Model manifest {path} cannot be read: {e.Message} Install the models folder again, or set Vision:ModelFolder.");
        }
        catch (JsonException e)
        {
            throw new ModelException($"Model manifest {path} is damaged: {e.Message} Install the models folder again.");
        }
    }

    /// <summary>The models that the settings name.</summary>
    /// <exception cref="ModelException">As the constructor.</exception>
    public static ModelStore Open(VisionSettings settings) =>
        new(settings.ModelFolder ?? DefaultFolder(), new ManifestTrust(settings.ModelKeys, ServiceFolders.State(null)));

    public string Folder => _folder;

    /// <summary>The models that this processor runs.</summary>
    public IReadOnlyList<ModelEntry> Models { get; }

    /// <summary>The models folder beside the program, or above it in a source tree.</summary>
    public static string DefaultFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "models");
            if (File.Exists(Path.Combine(folder, "manifest.json"))) return folder;
        }

        return Path.Combine(AppContext.BaseDirectory, "models");
    }

    public ModelEntry Entry(string name) =>
        Models.FirstOrDefault(m => m.Name == name)
        ?? throw new ModelException($"Model manifest in {_folder} names no '{name}'. Install the models folder of this version.");

    /// <summary>
    /// The bytes of a model, verified. Throws <see cref="ModelException"/> with one line if they are not the manifest's.
    /// </summary>
    public byte[] Load(ModelEntry entry)
    {
        var path = Path.Combine(_folder, entry.File);
        byte[] bytes;
        try
        {
            bytes = StoredFile.ReadBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"Model {path} cannot be read: {e.Message} Install the models folder again.");
        }

        if (bytes.LongLength != entry.Bytes)
            throw new ModelException(
                $"Model {path} has {bytes.LongLength} bytes instead of {entry.Bytes}: it is truncated or of another version. Install the models folder again."
            );
        if (!Convert.ToHexStringLower(SHA256.HashData(bytes)).Equals(entry.Sha256, StringComparison.Ordinal))
            throw new ModelException(
                $"Model {path} was altered: its SHA-256 is not the manifest's. Install the models folder again.");
        return bytes;
    }
}

/// <summary>A model is missing, damaged or does not run; the start must stop (exit code 78).</summary>
internal sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
