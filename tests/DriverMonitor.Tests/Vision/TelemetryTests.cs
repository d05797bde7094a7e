using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Vision;

/// <summary>What the models' runtime would tell its maker, it does not: no identifier, no queue of reports.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Running_the_models_leaves_nothing_behind()
    {
        var home = Directory.CreateTempSubdirectory("home").FullName;
        try
        {
            // On a build server the runtime keeps silent by itself; a vehicle is none.
            using var check = TheProgram.Start(
                [
                    ("HOME", home),
                    ("XDG_CACHE_HOME", ""),
                    ("TMPDIR", home),
                    ("CI", ""),
                    ("GITHUB_ACTIONS", ""),
                    ("DOTNET_EnableDiagnostics", "0"),
                ],
                "check");
            var output = check.StandardOutput.ReadToEndAsync();
            await check.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);

            Assert.Contains("ok    models", await output, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
