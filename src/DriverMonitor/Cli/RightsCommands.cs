using System.CommandLine;
using System.Security.Cryptography;
using DriverMonitor.Audit;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>export</c>, <c>erase</c>, <c>audit verify</c>: what a driver may ask for, and the proof of what was done.
/// </summary>
internal static class RightsCommands
{
    private static readonly Option<string?> Config = new("--config") { Description = MonitorOptions.ConfigHelp };

    public static Command Erase()
    {
        var driver = new Argument<string>("DRIVER") { Description = "The name in the settings, or the pseudonym (p:...)." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command(
            "erase", "Forget a driver: profile, consents, recordings, exports. Running or not, the service keeps nothing either.")
        {
            driver,
            yes,
            Config,
        };
        command.SetAction(line => Guarded(() => Erase(line.GetValue(Config), line.GetValue(driver)!, line.GetValue(yes))));
        return command;
    }

    public static Command Export()
    {
        var driver = new Argument<string?>("DRIVER")
        {
            Description = "The name in the settings, or the pseudonym (p:...).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var key = new Option<string?>("--key")
        {
            Description = "PEM file: the reader's public key to seal it for, or with --open the private one.",
        };
        var open = new Option<string?>("--open") { Description = "A sealed export to read." };
        var recordings = new Option<string?>("--recordings")
        {
            Description = "Also put the recorded drives into this folder: each as it is, and as lines of JSON to read.",
        };
        var command = new Command("export", "Show what is stored of a driver, as JSON.")
        {
            driver,
            key,
            open,
            recordings,
            Config,
        };
        command.Validators.Add(line =>
        {
            if (line.GetValue(recordings) is not null && (line.GetValue(key) ?? line.GetValue(open)) is not null)
                line.AddError("Recordings are not sealed: leave --recordings or --key out.");
        });
        command.SetAction(line =>
            Guarded(() =>
            {
                Console.WriteLine(
                    line.GetValue(open) is { } bundle
                        ? Unseal(
                            bundle, line.GetValue(key)
                                ?? throw new ConfigurationException("--open needs --key, the reader's private key."))
                        : Show(
                            line.GetValue(Config),
                            line.GetValue(driver) ?? throw new ConfigurationException("Whose? 'drivermonitor export DRIVER'."),
                            line.GetValue(key),
                            line.GetValue(recordings)));
                return ExitCode.Fine;
            }));
        return command;
    }

    private static string Unseal(string bundle, string key) =>
        SealedBundle.Open(InputFile.ReadText("Export", bundle), InputFile.ReadText("Key", key));

    public static Command Audit()
    {
        var heads = new Option<string[]>("--head")
        {
            Description = "ENTRIES:HASH as the fleet received it on /audit; may be given again.",
        };
        var signature = new Option<string?>("--signature")
        {
            Description = "What the fleet received as \"sig\" with the one --head: whether this device has signed it.",
        };
        var verify = new Command("verify", "Follow the chain and name the first line that does not hold.") { heads, signature, Config };
        verify.SetAction(line =>
            Guarded(() => Verify(line.GetValue(Config), line.GetValue(heads) ?? [], line.GetValue(signature))));
        var key = new Command("key", "Print the public key by which this device signs how its log ends.") { Config };
        key.SetAction(line => Guarded(() =>
        {
            Console.Write(KeyOf(MonitorOptions.Load(line.GetValue(Config) ?? MonitorOptions.InstalledFile)).PublicKey());
            return ExitCode.Fine;
        }));
        return new("audit", "What was ordered, erased, exported and agreed to; and whether groups are served alike.")
        {
            verify,
            key,
            BiasCommand.Make(),
        };
    }

    private static int Erase(string? config, string driver, bool yes)
    {
        var rights = Open(config, out _, driver);
        if (!yes && !Answer.IsYes($"Delete everything that is kept of {driver}? It cannot be brought back. (yes/no) "))
            return Answer.NotDone($"Nothing was erased: {driver} was not confirmed. Answer yes, or give --yes.");

        var erased = rights.Erase(driver);
        if (erased.Files == 0) return Answer.NotDone($"Nothing was erased: no file is kept of {driver}.");
        Console.WriteLine($"Forgotten: {erased.Alias}, {(erased.Files == 1 ? "1 file" : $"{erased.Files} files")}.");
        return ExitCode.Fine;
    }

    private static string Show(string? config, string driver, string? keyFile, string? recordings)
    {
        var rights = Open(config, out _, driver);
        var text = rights.Export(driver) ?? throw new ConfigurationException($"Nothing is stored of {driver}.");
        rights.AuditExport(driver);
        if (recordings is not null)
        {
            var drives = RecordedDrive.CopyTo(
                recordings, MonitorOptions.Load(config ?? MonitorOptions.InstalledFile), rights.AliasesOf(driver));
            Console.Error.WriteLine($"{drives} recorded drives are in {recordings}.");
        }

        if (keyFile is null) return text;
        using var key = ECDiffieHellman.Create();
        key.ImportFromPem(InputFile.ReadText("Key", keyFile));
        return SealedBundle.Seal(text, key.ExportSubjectPublicKeyInfo());
    }

    private static int Verify(string? config, string[] heads, string? signature)
    {
        AuditHead[] known =
        [
            .. heads.Select(text =>
                AuditHead.TryParse(text, out var head)
                    ? head
                    : throw new ConfigurationException($"--head {text} is not ENTRIES:HASH.")),
        ];
        if (signature is not null && !IsOurs(config, known, signature))
        {
            Console.WriteLine($"FAIL  this device's key has not signed {known[0]} for this vehicle.");
            return ExitCode.Failed;
        }

        Open(config, out var audit, driver: null);
        var verdict = audit.Verify(known);
        Console.WriteLine(verdict.FirstBadLine is { } line
            ? $"FAIL  line {line}: {verdict.Why}."
            : $"ok    {verdict.Head.Entries} lines hold; the last ends with {verdict.Head}");
        return verdict.FirstBadLine is null ? ExitCode.Fine : ExitCode.Failed;
    }

    private static bool IsOurs(string? config, AuditHead[] known, string signature)
    {
        if (known is not [var head]) throw new ConfigurationException("--signature belongs to one --head: give that too.");
        var settings = MonitorOptions.Load(config ?? MonitorOptions.InstalledFile);
        using var key = ECDsa.Create();
        key.ImportFromPem(KeyOf(settings).PublicKey());
        return DeviceKey.Verify(key, $"{settings.Mqtt.Tenant}/{settings.Mqtt.Vehicle}", head, signature);
    }

    private static DeviceKey KeyOf(MonitorOptions settings) => DeviceKey.In(
        settings.Fleet.StateFolder
        ?? throw new ConfigurationException("The device has no key: Fleet:Folder is not set. Name one, such as /var/lib/drivermonitor."));

    private static DriverRights Open(string? config, out AuditLog audit, string? driver) =>
        Open(MonitorOptions.Load(config ?? MonitorOptions.InstalledFile), out audit, driver);

    /// <summary>Deletes a driver's recordings, and says how many files that were.</summary>
    public static int ForgetDrives(MonitorOptions settings, string driver)
    {
        var files = 0;
        Guarded(() => files = Open(settings, out _, driver).ForgetDrives(driver));
        return files;
    }

    private static DriverRights Open(MonitorOptions settings, out AuditLog audit, string? driver)
    {
        var isName = driver is not null && !driver.StartsWith("p:", StringComparison.Ordinal);
        if (isName)
            SettingsFile.Check(settings.Profiles with { Driver = driver! }, "DRIVER");
        var folder =
            settings.Fleet.StateFolder
            ?? settings.Profiles.Folder
            ?? settings.Recording.Folder
            ?? throw new ConfigurationException(
                "Nothing is kept: none of Fleet:Folder, Profiles:Folder and Recording:Folder is set.");
        audit = new AuditLog(folder, TimeProvider.System);
        return new DriverRights(
            settings.Profiles, folder, audit, TimeProvider.System, NullLogger.Instance, RecordedDrive.KeptIn(settings));
    }

    private static int Guarded(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception e)
            when ((e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
                && !OutputException.IsDiskFull(e))
        {
            throw new ConfigurationException(
                $"{e.Message.ReplaceLineEndings(" ")} Run it as the service's user, or name other files.", e);
        }
    }
}
