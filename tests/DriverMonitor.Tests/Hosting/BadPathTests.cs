using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

/// <summary>
/// A path in the settings that leads nowhere stops the start with one line and the installer's exit code; it is never "a bug".
/// </summary>
public sealed class BadPathTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-paths-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    //  what is wrong, the settings, the exit code, and what the line names. FOLDER is an empty folder, FILE a file that is no use.
    public static TheoryData<string, string, int, string> Slips =>
        new()
        {
            { "a video that is not there", """{ "Camera": { "Kind": "File", "Source": "/nope.mp4" } }""", 66, "/nope.mp4" },
            { "a file for a device", """{ "Camera": { "Source": "/nope.mp4" } }""", 78, "Camera:Source" },
            { "a text for a video", """{ "Camera": { "Kind": "File", "Source": "FILE" } }""", 66, "FILE" },
            { "a folder that is not there", """{ "Camera": { "Kind": "Folder", "Source": "/nope" } }""", 66, "/nope" },
            { "a folder without pictures", """{ "Camera": { "Kind": "Folder", "Source": "FOLDER" } }""", 66, "FOLDER" },
            { "a file for a folder", """{ "Camera": { "Kind": "Folder", "Source": "FILE" } }""", 66, "FILE" },
            { "a portrait that is none", """{ "Camera": { "Kind": "Portrait", "Source": "FOLDER" } }""", 66, "portrait" },
            { "a portrait that is a file", """{ "Camera": { "Kind": "Portrait", "Source": "FILE" } }""", 66, "portrait" },
            { "no models", """{ "Vision": { "ModelFolder": "FOLDER" } }""", 78, "manifest" },
            { "a path with a NUL", """{ "Vision": { "ModelFolder": "a\u0000b" } }""", 78, "ModelFolder" },
            { "a heart that is not there", """{ "HeartRate": { "File": "/nope.csv" } }""", 66, "/nope.csv" },
            { "no certificate", """{ "Web": { "CertificateFile": "/nope.pem", "KeyFile": "/nope.key" } }""", 78, "/nope.pem" },
            { "a folder for a certificate", """{ "Web": { "CertificateFile": "FOLDER", "KeyFile": "FOLDER" } }""", 78, "FOLDER" },
            { "a password file of other things", """{ "Web": { "PasswordFile": "FILE" } }""", 78, "FILE" },
            { "a token that is not there", """{ "Web": { "MetricsTokenFile": "/nope" } }""", 78, "/nope" },
            {
                "a key that is none",
                """{ "Fleet": { "Folder": "FOLDER", "Keys": { "ops-1": { "File": "FILE", "Orders": ["hwm"] } } }, "Mqtt": { "Brokers": ["127.0.0.1:1"] } }""",
                78,
                "Fleet:Keys:ops-1"
            },
            {
                "a key without orders",
                """{ "Fleet": { "Folder": "FOLDER", "Keys": { "ops-1": { "File": "FILE" } } } }""",
                78,
                "Fleet:Keys:ops-1"
            },
        };

    [Fact]
    public async Task A_path_that_leads_nowhere_is_one_line_and_the_installers_exit_code()
    {
        var wrong = new List<string>();
        foreach (var batch in Slips.Chunk(6))
            wrong.AddRange(
                (
                    await Task.WhenAll(batch.Select(slip => Try((string)slip[0], (string)slip[1], (int)slip[2], (string)slip[3])))
                ).OfType<string>());
        Assert.Empty(wrong);
    }

    /// <summary>What is not as it should be; null where all is.</summary>
    private async Task<string?> Try(string slip, string settings, int code, string names)
    {
        var own = Directory.CreateDirectory(Path.Combine(_folder, slip.Replace(' ', '-'))).FullName;
        var (folder, file, config) = (
            Directory.CreateDirectory(Path.Combine(own, "folder")).FullName,
            Path.Combine(own, "file"),
            Path.Combine(own, "settings.json"));
        File.WriteAllText(file, "pbkdf2-sha256$99999999999$$");
        File.WriteAllText(config, $$"""{ "DriverMonitor": {{settings.Replace("FOLDER", folder, StringComparison.Ordinal).Replace("FILE", file, StringComparison.Ordinal)}} }""");
        var (exit, output, errors) = await TheProgram.RunAsync("run", "--config", config);
        var named = names.Replace("FOLDER", folder, StringComparison.Ordinal).Replace("FILE", file, StringComparison.Ordinal);
        return
            exit == code
            && errors.Contains(named, StringComparison.Ordinal)
            && !(errors + output).Contains("bug", StringComparison.Ordinal)
            && errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 1
            ? null
            : $"{slip}: exit {exit}: {errors} {output}";
    }
}
