using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Files;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Files;
using DriverMonitor.Fleet.Storage;
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
        var port = NumberOption.Within("--port", "Where vehicles connect.", 8883, 1, ushort.MaxValue);
        var broker = new Option<bool>("--broker") { Description = "Only make the broker's certificate anew; it lives 397 days." };
        var config = RunCommand.ConfigOption();
        var command = new Command("setup", "Make authority, keys and settings for a receiver alone.") { names, tenant, folder, store, port, broker, config };
        command.SetAction((line, stop) =>
        {
            var wanted = new Wanted(
                line.GetRequiredValue(names), line.GetRequiredValue(tenant), Path.GetFullPath(line.GetRequiredValue(folder)),
                line.GetValue(store), line.GetValue(port));
            Check(wanted);
            return line.GetValue(broker)
                ? Task.FromResult(MakeBrokerAnew(wanted, time.GetUtcNow()))
                : RunAsync(wanted, Path.GetFullPath(line.GetRequiredValue(config)), time, stop);
        });
        return command;
    }

    private static void Check(Wanted wanted)
    {
        if (!TopicName.IsName(wanted.Tenant)) throw new UsageException("--tenant must be 1 to 32 of a-z, 0-9 and '-'.");
        if (wanted.Names.FirstOrDefault(name => Uri.CheckHostName(name) == UriHostNameType.Unknown) is { } strange)
            throw new UsageException($"'{TopicName.Shown(strange)}' is no name or address. Give those under which vehicles reach this machine.");
    }

    /// <param name="config">The settings file to make.</param>
    private static async Task<int> RunAsync(Wanted wanted, string config, TimeProvider time, CancellationToken stop)
    {
        if (Path.Exists(config))
            throw new ConfigurationException($"{config} is there already and stays as it is. Name another with --config, or delete it.");
        Directory.CreateDirectory(Path.GetDirectoryName(config)!);
        var isNew = CertificateAuthority.Create(wanted.Authority, $"Driver Monitor {wanted.Tenant}", time.GetUtcNow());
        MakeBroker(wanted, time.GetUtcNow());
        MakeMarkKey(wanted);
        await MakeStoreAsync(wanted, time, stop);
        // Under that name lies by now what was made a moment ago: a key would be lost.
        if (Path.Exists(config)) throw new UsageException($"--config {config} is another file of setup. Name another.");
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
        IssueBroker(wanted, now);
        GiveToService(wanted.Folder, wanted.File("broker.pem"));
        Console.WriteLine($"{wanted.File("broker.pem")} was made anew. Start the service again: systemctl restart drivermonitor-fleet");
        return ExitCode.Fine;
    }

    private static void MakeBroker(Wanted wanted, DateTimeOffset now)
    {
        if (!File.Exists(wanted.File("broker.key"))) IssueBroker(wanted, now);
    }

    /// <summary>The key last: where it is, the certificate is, too.</summary>
    private static void IssueBroker(Wanted wanted, DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Open(wanted.Authority);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = authority.IssueServer(wanted.Names, key, now);
        PrivateFile.Write(wanted.File("broker.pem"), certificate.ExportCertificatePem() + "\n");
        PrivateFile.Write(wanted.File("broker.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
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

    /// <summary>A server's tables are made by the first start: it may not be there yet.</summary>
    private static async Task MakeStoreAsync(Wanted wanted, TimeProvider time, CancellationToken stop)
    {
        await using var database = new FleetDatabase(wanted.Store);
        if (!database.IsPostgres) await new Migrator(database, time).MigrateAsync(stop);
    }

    private static JsonObject SettingsOf(Wanted wanted) => new()
    {
        ["Fleet"] = new JsonObject
        {
            ["Store"] = wanted.Store,
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

    private sealed record Wanted(IReadOnlyList<string> Names, string Tenant, string Folder, string? GivenStore, int Port)
    {
        public string Store => GivenStore is null ? File("fleet.db")
            : GivenStore.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? GivenStore
            : Path.GetFullPath(GivenStore);

        public string Authority => File("authority");

        public string File(string name) => Path.Combine(Folder, name);
    }
}
