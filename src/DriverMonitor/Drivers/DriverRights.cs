using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Audit;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Drivers;

/// <summary>
/// What a driver may ask of the vehicle: to be told what is stored, and to be forgotten. The command line and orders from the
/// fleet come through here alike.
/// </summary>
/// <param name="profiles">Where drivers are kept, and who drives now.</param>
/// <param name="folder">Where records are kept.</param>
/// <param name="drives">What is recorded; null where nothing is.</param>
internal sealed class DriverRights(
    ProfileSettings profiles, string folder, AuditLog audit, TimeProvider time, ILogger log, KeptDrives? drives = null)
{
    private static readonly JsonSerializerOptions Shape = new() { WriteIndented = true };

    /// <summary>What is deeper could not be written inside of something else.</summary>
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 32 };

    /// <summary>What is kept of a driver, each in a file of its own.</summary>
    private static readonly string[] Kinds = ["profile.json", "consent.json", "history.json", "trip.json"];

    /// <summary>One at a time, however many ask at once: who reads must not meet a file half way to being gone.</summary>
    private static readonly Lock Turn = new();

    private readonly DriverAlias _alias = new(folder);

    /// <summary>Sealed exports that wait to be fetched.</summary>
    public string Exports { get; } = Path.Combine(folder, "exports");

    /// <summary>
    /// Forgets a driver: profile, consents, recordings, exports that wait. A consent that was taken back stays taken back, or
    /// forgetting somebody would begin to watch the driver again. The alerts that stand are not touched: nobody is silenced this
    /// way.
    /// </summary>
    /// <param name="driver">The name in the settings, or the pseudonym.</param>
    /// <exception cref="IOException">Something is left.</exception>
    public Erasure Erase(string driver)
    {
        lock (Turn) return EraseAlone(driver);
    }

    private Erasure EraseAlone(string driver)
    {
        var (name, aliases) = (NameOf(driver), AliasesOf(driver));
        var files = name is null ? 0 : ForgetIn(profiles with { Driver = name });
        foreach (var alias in aliases)
        {
            foreach (var file in Directory.Exists(Exports) ? Directory.GetFiles(Exports, $"{FileNameOf(alias)}.*") : [])
            {
                File.Delete(file);
                files++;
            }
        }

        files += ForgetDrivesOf(aliases);
        foreach (var alias in aliases)
        {
            audit.Append("erased", json =>
            {
                json.WriteString("driver", alias);
                json.WriteNumber("files", files);
            });
        }

        return new(aliases, files);
    }

    /// <summary>
    /// Deletes what was recorded of a driver and nothing else: for who takes a consent back, which by itself leaves alone what
    /// was recorded while it held.
    /// </summary>
    /// <returns>How many files that were.</returns>
    public int ForgetDrives(string driver)
    {
        lock (Turn) return ForgetDrivesAlone(driver);
    }

    private int ForgetDrivesAlone(string driver)
    {
        var aliases = AliasesOf(driver);
        var files = ForgetDrivesOf(aliases);
        audit.Append("recordings_erased", json =>
        {
            json.WriteString("driver", aliases[0]);
            json.WriteNumber("files", files);
        });
        return files;
    }

    /// <summary>What is recorded of a driver, the oldest first.</summary>
    public IReadOnlyList<KeptDrive> Drives(string driver) =>
        drives is null ? [] : [.. AliasesOf(driver).SelectMany(drives.List).OrderBy(drive => drive.Began)];

    /// <summary>
    /// Everything that is stored of a driver, as JSON; recorded drives by their names and times. Null if it is nothing.
    /// </summary>
    public string? Export(string driver)
    {
        lock (Turn) return ExportAlone(driver);
    }

    private string? ExportAlone(string driver)
    {
        var (name, alias) = (NameOf(driver), AliasOf(driver));
        var stored = name is null ? [] : ReadFilesOf(name);
        var (about, recorded) = (AliasesOf(driver).SelectMany(audit.About).ToList(), Drives(driver));
        if (stored.Count == 0 && about.Count == 0 && recorded.Count == 0) return null;

        var bundle = new JsonObject { ["driver"] = name, ["pseudonym"] = alias, ["made"] = time.GetUtcNow().UtcDateTime };
        foreach (var (kind, text) in stored) bundle[kind] = ReadOrQuote(text);
        bundle["recordings"] = JsonSerializer.SerializeToNode(recorded, JsonSerializerOptions.Web);
        bundle["records"] = new JsonArray([.. about.Select(ReadOrQuote)]);
        return bundle.ToJsonString(Shape);
    }

    /// <summary>The pseudonym of a name; a pseudonym is its own.</summary>
    public string AliasOf(string driver) => NameOf(driver) is { } name ? _alias.Of(name) : driver;

    /// <summary>
    /// Every pseudonym under which something may be kept of a driver, the present one first; of somebody who is not known here
    /// the pseudonym that was given.
    /// </summary>
    public IReadOnlyList<string> AliasesOf(string driver) => NameOf(driver) is { } name ? _alias.AllOf(name) : [driver];

    /// <summary>Puts a sealed export where it can be fetched, and says where that is.</summary>
    public string SaveBundle(string driver, string bundle)
    {
        var alias = AliasOf(driver);
        var file = Path.Combine(Exports, $"{FileNameOf(alias)}.sealed.json");
        lock (Turn) AtomicFile.Write(file, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(bundle)));
        return file;
    }

    public void AuditExport(string driver) => audit.Append("exported", json => json.WriteString("driver", AliasOf(driver)));

    /// <summary>Notes what a driver said about a modality; the text by its version.</summary>
    public void AuditConsent(string driver, Modalities one, Consent said) => audit.Append("consent", json =>
    {
        json.WriteString("driver", _alias.Of(driver));
        json.WriteString("modality", one.ToString().ToLowerInvariant());
        json.WriteString("state", said.State.ToString().ToLowerInvariant());
        json.WriteString("text", said.Text);
    });

    private int ForgetDrivesOf(IReadOnlyList<string> aliases) => drives is null ? 0 : aliases.Sum(drives.Forget);

    private int ForgetIn(ProfileSettings one)
    {
        var files = FilesOf(one.Driver).Length;
        if (one.Folder is null || !Directory.Exists(one.Folder)) return 0;
        if (one.Driver == profiles.Driver) new ProfileStore(one, NullLogger<ProfileStore>.Instance).Delete();
        var consents = new ConsentStore(one, log);
        consents.Reset();
        foreach (var file in FilesOf(one.Driver))
        {
            if (file != consents.Place) File.Delete(file);
        }

        return files;
    }

    /// <summary>The driver's name; null for a pseudonym of nobody who is stored here.</summary>
    private string? NameOf(string driver) => !driver.StartsWith("p:", StringComparison.Ordinal) ? driver
        : KnownDrivers().FirstOrDefault(name => _alias.AllOf(name).Contains(driver));

    private IEnumerable<string> KnownDrivers() =>
        FilesOf("*").Select(file => Path.GetFileName(file).Split('.')[0]).Append(profiles.Driver).Distinct();

    /// <summary>
    /// Only what a driver has: others keep files in the same folder, and a driver may be called like one of them.
    /// </summary>
    private string[] FilesOf(string name) => profiles.Folder is { } place && Directory.Exists(place)
        ? [.. Kinds.SelectMany(kind => Directory.GetFiles(place, $"{name}.{kind}*")).Order()]
        : [];

    /// <summary>
    /// By what each is called beside the name. One that another program deletes meanwhile is not there any more.
    /// </summary>
    private Dictionary<string, string> ReadFilesOf(string name)
    {
        var stored = new Dictionary<string, string>();
        foreach (var file in FilesOf(name))
        {
            try
            {
                stored[Path.GetFileName(file)[(name.Length + 1)..]] = StoredFile.ReadText(file);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // erased by the command line
            }
        }

        return stored;
    }

    private static string FileNameOf(string alias) => alias.Replace(":", "-", StringComparison.Ordinal);

    /// <summary>
    /// As JSON, or word for word where it is none, or none that could be written again (half a surrogate, too deep).
    /// </summary>
    private static JsonNode? ReadOrQuote(string text)
    {
        try
        {
            var read = JsonNode.Parse(text, documentOptions: Shallow);
            read?.ToJsonString(Shape);
            return read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return text;
        }
    }
}

/// <summary>A driver was forgotten.</summary>
/// <param name="Aliases">The pseudonyms in records, the present one first.</param>
/// <param name="Files">Files that were deleted.</param>
internal readonly record struct Erasure(IReadOnlyList<string> Aliases, int Files)
{
    public string Alias => Aliases[0];
}
