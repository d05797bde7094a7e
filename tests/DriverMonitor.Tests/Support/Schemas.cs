using System.Diagnostics;
using System.Runtime.CompilerServices;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Support;

/// <summary>The contract as it is handed out: schemas, examples, and the script that checks messages against them.</summary>
internal static class Schemas
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "deploy", "schemas"));

    /// <summary>Fails with what is wrong with each message that does not fit.</summary>
    public static Task Fit(IEnumerable<Received> messages) => Fit(messages.Select(message => $"{message.Topic} {message.Body}"));

    /// <param name="lines">Topic, blank, JSON.</param>
    public static async Task Fit(IEnumerable<string> lines)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, lines);
            // Debian's own Python has Debian's own jsonschema; another one further ahead in the path may not.
            using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Folder, "validate.py"), file])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var errors = python.StandardError.ReadToEndAsync();
            var output = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.True(python.ExitCode == 0, $"{output}{await errors}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
