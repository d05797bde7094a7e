using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Monitoring;

namespace DriverMonitor.Setup;

/// <summary>A settings file that is being changed: what is not asked for stays as it was.</summary>
internal sealed class SettingsDraft
{
    private const string Heading = """
        // Written by "drivermonitor setup", which may be run again; what it does not ask for stays as it is here.
        // What is not named keeps its default. Every key: /usr/share/doc/drivermonitor/CONFIGURATION.md

        """;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path;
    private readonly JsonObject _root;
    private readonly Dictionary<string, Action<string>> _secrets = new(StringComparer.Ordinal);

    /// <summary>Opens a file, or begins one. Throws <see cref="ConfigurationException"/> if what is there is no JSON.</summary>
    public SettingsDraft(string path)
    {
        _path = path;
        try
        {
            _root = !File.Exists(path)
                ? []
                : JsonNode.Parse(StoredFile.ReadText(path), documentOptions: Lenient) as JsonObject
                    ?? throw new JsonException("It is no object.");
        }
        catch (JsonException e)
        {
            throw new ConfigurationException(
                $"Settings file {path} is not valid JSON: {JsonFault.Words(e)}. Correct it, or remove it and answer the questions anew.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Settings file {path} cannot be read: {e.Message.TrimEnd('.')}. Run setup as root.", e);
        }
    }

    /// <summary>Before the first question: who may not write the settings shall not answer them all in vain.</summary>
    /// <exception cref="ConfigurationException">They cannot be written.</exception>
    public void RequireWritable()
    {
        var folder = System.IO.Path.GetDirectoryName(_path)!;
        try
        {
            if (Directory.Exists(_path)) throw new IOException("It is a folder.");
            if (!Directory.Exists(folder)) throw new IOException($"There is no folder {folder}.");
            using var trial = new FileStream(
                $"{_path}.{Environment.ProcessId}", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose);
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && !OutputException.IsDiskFull(e))
        {
            throw NotWritable(e);
        }
    }

    /// <summary>Sets <c>Section:Key</c>; null removes it, so that it is the default again.</summary>
    public void Set(string key, JsonNode? value)
    {
        if (value is null) Within(Path(key)).Remove(Name(key));
        else Write(key, value);
    }

    /// <summary>Writes <c>Section:Key</c>, also null.</summary>
    public void Write(string key, JsonNode? value) => Within(Path(key))[Name(key)] = value;

    /// <summary>Writes a secret's file when the settings are written, not before: who breaks off changes nothing.</summary>
    public void Keep(string file, Action<string> write) => _secrets[file] = write;

    /// <summary>A secret for this file waits to be written.</summary>
    public bool Keeps(string file) => _secrets.ContainsKey(file);

    /// <summary>A file's secret as it will be, in a file that only its owner may read; null where none waits.</summary>
    public string? TryOut(string? file)
    {
        if (file is null || !_secrets.TryGetValue(file, out var write)) return null;
        var trial = System.IO.Path.Combine(Directory.CreateTempSubdirectory("setup").FullName, "secret");
        write(trial);
        return trial;
    }

    /// <summary>Why the program would not start with this answer, at once; null where it would.</summary>
    public string? FaultWith(string key, JsonNode? value)
    {
        var before = _root.DeepClone();
        var file = System.IO.Path.GetTempFileName();
        try
        {
            Set(key, value);
            File.WriteAllText(file, _root.ToJsonString(Readable));
            MonitorOptions.Load(file);
            return null;
        }
        catch (ConfigurationException e)
        {
            return e.Message.Replace($"Settings in {file}: ", "", StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
            _root.Clear();
            foreach (var (name, section) in before.AsObject().ToList()) _root[name] = section?.DeepClone();
        }
    }

    /// <summary>The settings as they would be read now.</summary>
    public MonitorOptions Preview()
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, _root.ToJsonString(Readable));
            return MonitorOptions.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// Writes it whole or not at all, and only if the program would start with it. Throws <see cref="ConfigurationException"/>.
    /// </summary>
    public void Save()
    {
        var next = _path + ".new";
        try
        {
            if (StoredFile.Fault(next) is not null) File.Delete(next);
            File.WriteAllText(next, Heading + _root.ToJsonString(Readable) + "\n");
            MonitorOptions.Load(next);
            foreach (var (file, write) in _secrets) write(file);
            File.Move(next, _path, overwrite: true);
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && !OutputException.IsDiskFull(e))
        {
            throw NotWritable(e);
        }
        catch (ConfigurationException)
        {
            File.Delete(next);
            throw;
        }
    }

    private ConfigurationException NotWritable(Exception e)
    {
        var why = e is UnauthorizedAccessException ? "this user may not write there" : e.Message.TrimEnd('.');
        return new($"Settings file {_path} cannot be written: {why}. Run setup as root, or name another file with --config.", e);
    }

    private static string Path(string key) => key[..key.LastIndexOf(':')];

    private static string Name(string key) => key[(key.LastIndexOf(':') + 1)..];

    private JsonObject Within(string path)
    {
        var at = _root;
        foreach (var name in path.Split(':').Prepend("DriverMonitor"))
        {
            if (at[name] is not JsonObject inner) at[name] = inner = [];
            at = inner;
        }

        return at;
    }
}
