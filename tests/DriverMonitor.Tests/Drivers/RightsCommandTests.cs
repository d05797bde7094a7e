using System.Security.Cryptography;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Drivers;

/// <summary>The driver's rights, as somebody at the vehicle uses them.</summary>
public sealed class RightsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-rights-").FullName;

    public RightsCommandTests()
    {
        File.WriteAllText(
            Config,
            $$"""{ "DriverMonitor": { "Profiles": { "Folder": "{{_folder}}", "Driver": "anna" }, "Fleet": { "Folder": "{{_folder}}" } } }"""
        );
        new ProfileStore(new() { Folder = _folder, Driver = "anna" }, NullLogger<ProfileStore>.Instance).Save(
            new DriverProfile { LeftEyeOpen = 0.29 });
    }

    private string Config => Path.Combine(_folder, "settings.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_driver_is_told_sealed_and_forgotten_and_the_log_says_so()
    {
        Assert.Contains("0.29", await Fine("export", "anna"), StringComparison.Ordinal);

        using var reader = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var (publicKey, privateKey, bundle) = (
            Path.Combine(_folder, "reader.pem"), Path.Combine(_folder, "reader.key"), Path.Combine(_folder, "bundle"));
        await File.WriteAllTextAsync(publicKey, reader.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(privateKey, reader.ExportECPrivateKeyPem());
        await File.WriteAllTextAsync(bundle, await Fine("export", "anna", "--key", publicKey));
        Assert.DoesNotContain("0.29", await File.ReadAllTextAsync(bundle), StringComparison.Ordinal);
        Assert.Contains("0.29", await Fine("export", "--open", bundle, "--key", privateKey), StringComparison.Ordinal);

        Assert.Contains("1 file", await Fine("erase", "anna", "--yes"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "anna.profile.json")));

        Assert.StartsWith("ok    3 lines hold", await Fine("audit", "verify"), StringComparison.Ordinal);
        var log = Path.Combine(_folder, "audit.jsonl");
        await File.WriteAllTextAsync(
            log, (await File.ReadAllTextAsync(log)).Replace("erased", "edited", StringComparison.Ordinal));
        var (code, output, _) = await TheProgram.RunAsync("audit", "verify", "--config", Config);
        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith("FAIL  line 3", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nothing is stored", "export", "nobody")]
    [InlineData("DRIVER", "erase", "../anna")]
    [InlineData("not ENTRIES:HASH", "audit", "verify", "--head", "7")]
    [InlineData("needs --key", "export", "--open", "/dev/null")]
    public async Task What_cannot_be_done_is_said_in_one_line(string says, params string[] arguments)
    {
        var (code, _, errors) = await TheProgram.RunAsync([.. arguments, "--config", Config]);
        Assert.Equal(ExitCode.BadConfiguration, code);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    //   what is asked for                                     what is said of it
    [Theory]
    [InlineData("erase nobody --yes",                          "Nothing was erased: no file is kept of nobody.")]
    [InlineData("erase p:0123456789abcdef --yes",              "Nothing was erased")]
    [InlineData("erase anna",                                  "Nothing was erased: anna was not confirmed")]
    [InlineData("consent grant heart",                         "not granted: heart.")]
    [InlineData("consent grant heart stress --language de",    "not granted: heart, stress.")]
    [InlineData("consent withdraw heart --erase",              "no recorded drive was deleted")]
    public async Task What_was_not_done_is_not_told_as_done(string command, string says)
    {
        var (code, output, errors) = await TheProgram.RunAsync([.. command.Split(' '), "--config", Config]);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(says, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("Forgotten", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "anna.profile.json")));
        Assert.Equal(
            command.Contains("withdraw", StringComparison.Ordinal), File.Exists(Path.Combine(_folder, "anna.consent.json")));
        Assert.Equal(
            command.EndsWith(" de", StringComparison.Ordinal),
            output.Contains("Willigt der Fahrer ein?", StringComparison.Ordinal));
    }

    private async Task<string> Fine(params string[] arguments)
    {
        var (code, output, errors) = await TheProgram.RunAsync([.. arguments, "--config", Config]);
        Assert.Equal((ExitCode.Fine, ""), (code, errors));
        return output;
    }
}
