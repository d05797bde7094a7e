using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Commands;

/// <summary>
/// <c>setup NAME...</c>: makes all that a receiver alone needs: its authority, the broker's certificate, the key of marks, and a
/// settings file. What is there already stays.
/// </summary>
internal static class SetupCommand
{
    private const string StateFolder = "/var/lib/drivermonitor-fleet";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static Command Make(TimeProvider time)
    {
        var names = new Argument<string[]>("names")
        {
            Description = "Names or addresses under which vehicles reach this machine.", Arity = ArgumentArity.OneOrMore,
        };
        var tenant = new Option<string>("--tenant") { Description = "The fleet's name in topics.", DefaultValueFactory = _ => "fleet" };
        var folder = new Option<string>("--folder")
        {
            Description = "Where keys and the store lie.", DefaultValueFactory = _ => StateFolder,
        };
        var store = new Option<string?>("--store") { Description = "PostgreSQL (Host=...); a file in the folder without." };
        var port = new Option<int>("--port") { Description = "Where vehicles connect.", DefaultValueFactory = _ => 8883 };
        var broker = new Option<bool>("--broker") { Description = "Only make the broker's certificate anew; it lives 397 days." };
        var config = RunCommand.ConfigOption();
        var command = new Command("setup", "Make authority, keys and settings for a receiver alone.") { names, tenant, folder, store, port, broker, config };
        command.SetAction(line => Run(
            new Wanted(
                line.GetRequiredValue(names), line.GetRequiredValue(tenant), Path.GetFullPath(line.GetRequiredValue(folder)),
                    line.GetValue(store), line.GetValue(port)),
            line.GetValue(broker) ? null : Path.GetFullPath(line.GetRequiredValue(config)), time.GetUtcNow()));
        return command;
    }

    /// <param name="config">The settings file to make; null to make the broker's certificate anew and nothing else.</param>
    private static int Run(Wanted wanted, string? config, DateTimeOffset now)
    {
        if (!TopicName.IsName(wanted.Tenant)) throw new ConfigurationException("--tenant must be 1 to 32 of a-z, 0-9 and '-'.");
        if (wanted.Names.FirstOrDefault(name => Uri.CheckHostName(name) == UriHostNameType.Unknown) is { } strange)
            throw new ConfigurationException($"'{TopicName.Shown(strange)}' is no name or address. Give those under which vehicles reach this machine.");
        if (config is null) return MakeBrokerAnew(wanted, now);
        if (File.Exists(config))
            throw new ConfigurationException($"{config} is there already and stays as it is. Name another with --config, or delete it.");
        if (wanted.Port is < 1 or > 65535) throw new ConfigurationException("--port must be 1 to 65535.");
        Directory.CreateDirectory(Path.GetDirectoryName(config)!);
        var isNew = CertificateAuthority.Create(wanted.Authority, $"Driver Monitor {wanted.Tenant}", now);
        MakeBroker(wanted, now);
        MakeMarkKey(wanted);
        PrivateFile.Write(config, SettingsOf(wanted).ToJsonString(Readable) + "\n");
        GiveToService(wanted.Folder, config);
        Console.WriteLine($"""
            {config}: vehicles of {wanted.Tenant} at {wanted.Names[0]}:{wanted.Port}, console and API on http://127.0.0.1:8440
            {(isNew ? $"Keep a copy of {wanted.Authority} offline: without its key every vehicle must be enrolled again." : "The authority that was there stays.")}
            Try it:            drivermonitor-fleet check
            Start it:          systemctl enable --now drivermonitor-fleet
            A vehicle:         drivermonitor-fleet enrol veh-0001
            The console:       drivermonitor-fleet account link YOUR-NAME, or the link in the log of the first start
            A token:           drivermonitor-fleet token create reports --tenant {wanted.Tenant} --scope read
            """);
        return ExitCode.Fine;
    }

    private static int MakeBrokerAnew(Wanted wanted, DateTimeOffset now)
    {
        File.Delete(wanted.File("broker.key"));
        MakeBroker(wanted, now);
        GiveToService(wanted.Folder, wanted.File("broker.pem"));
        Console.WriteLine($"{wanted.File("broker.pem")} was made anew. Start the service again: systemctl restart drivermonitor-fleet");
        return ExitCode.Fine;
    }

    private static void MakeBroker(Wanted wanted, DateTimeOffset now)
    {
        if (File.Exists(wanted.File("broker.key"))) return;
        using var authority = CertificateAuthority.Open(wanted.Authority);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = authority.IssueServer(wanted.Names, key, now);
        PrivateFile.Write(wanted.File("broker.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
        PrivateFile.Write(wanted.File("broker.pem"), certificate.ExportCertificatePem() + "\n");
        // What was taken back before stays taken back.
        var revoked = Path.Combine(wanted.Authority, "revoked.pem");
        if (!File.Exists(revoked)) PrivateFile.Write(revoked, authority.RevocationList([], now));
    }

    private static void MakeMarkKey(Wanted wanted)
    {
        if (File.Exists(wanted.File("mark-1.key"))) return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(wanted.File("mark-1.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static JsonObject SettingsOf(Wanted wanted) => new()
    {
        ["Fleet"] = new JsonObject
        {
            ["Store"] = wanted.Store ?? wanted.File("fleet.db"),
            ["Tenants"] = new JsonArray(wanted.Tenant),
            ["Broker"] = new JsonObject
            {
                ["TlsPort"] = wanted.Port,
                ["LoopbackPort"] = 0,
                ["CaFile"] = CertificateAuthority.CertificateFile(wanted.Authority),
                ["CertificateFile"] = wanted.File("broker.pem"),
                ["KeyFile"] = wanted.File("broker.key"),
                ["RevokedFile"] = Path.Combine(wanted.Authority, "revoked.pem"),
            },
            ["Marks"] = new JsonObject { ["KeyId"] = "mark-1", ["KeyFile"] = wanted.File("mark-1.key") },
            ["Enrolment"] = new JsonObject
            {
                ["Folder"] = wanted.Authority,
                ["Brokers"] = new JsonArray([.. wanted.Names.Select(name => JsonValue.Create(name.Contains(':') ? $"[{name}]:{wanted.Port}" : $"{name}:{wanted.Port}"))]),
            },
        },
    };

    /// <summary>Made by root, they would be root's alone: the service could read none of them.</summary>
    private static void GiveToService(string folder, string config)
    {
        if (Environment.UserName != "root") return;
        foreach (var path in new[] { folder, config })
        {
            using var owner = Process.Start("chown", ["-R", $"--reference={folder}", path]);
            owner.WaitForExit();
        }
    }

    private sealed record Wanted(IReadOnlyList<string> Names, string Tenant, string Folder, string? Store, int Port)
    {
        public string Authority => File("authority");

        public string File(string name) => Path.Combine(Folder, name);
    }
}
