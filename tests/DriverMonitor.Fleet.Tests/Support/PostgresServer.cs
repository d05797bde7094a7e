using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>
/// A real PostgreSQL with a cluster of its own in a temporary folder, one for the whole test run: every test gets a fresh
/// database
/// in it. It ends with the test process, however that ends.
/// </summary>
internal sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer?>> Shared = new(StartAsync);
    private static int _databases;

    /// <summary>Held, or its pipe would be closed with it.</summary>
    private static Process? Watch { get; set; }

    private readonly int _port;

    private PostgresServer(int port) => _port = port;

    /// <summary>Null where the package is not installed.</summary>
    public static Task<PostgresServer?> Running => Shared.Value;

    /// <summary>
    /// A connection string to a new, empty database whose owner is no superuser: row-level security holds for it.
    /// </summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"fleet{Interlocked.Increment(ref _databases)}";
        await using var admin = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Pooling=false");
        await using var create = admin.CreateCommand($"create database {name} owner fleet");
        await create.ExecuteNonQueryAsync();
        return $"Host=127.0.0.1;Port={_port};Username=fleet;Database={name};Maximum Pool Size=20";
    }

    private static async Task<PostgresServer?> StartAsync()
    {
        if (Programs() is not { } programs) return null;
        var folder = Directory.CreateTempSubdirectory("drivermonitor-pg-").FullName;
        if (Environment.UserName == "root") Run("chown", "postgres", folder);
        var data = Path.Combine(folder, "data");
        Run(Path.Combine(programs, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        var server = new PostgresServer(FreePort());
        StopWithThisProcess(Path.Combine(programs, "pg_ctl"), folder);
        Run(Path.Combine(programs, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o",
            $"-p {server._port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200 -c shared_buffers=64MB -c fsync=off", "start");
        await using var admin = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={server._port};Username=postgres;Database=postgres;Pooling=false");
        await using var role = admin.CreateCommand("create role fleet login");
        await role.ExecuteNonQueryAsync();
        return server;
    }

    /// <summary>Waits at the end of a pipe whose other end only this process holds: also a kill -9 closes it.</summary>
    private static void StopWithThisProcess(string control, string folder) => Watch = Process.Start(
        new ProcessStartInfo("bash",
            ["-c", Script(control, folder)]) { RedirectStandardInput = true, WorkingDirectory = "/" });

    private static string Script(string control, string folder)
    {
        var asUser = Environment.UserName == "root" ? "runuser -u postgres -- " : "";
        return $"trap '' INT QUIT TERM; read -r _; {asUser}{control} -D {folder}/data -m immediate stop >/dev/null 2>&1; rm -rf {folder}";
    }

    private static string? Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;

    /// <summary>PostgreSQL refuses to run as root; then it is the Debian package's own user who does.</summary>
    private static void Run(string program, params string[] arguments)
    {
        var isServer = program.StartsWith('/') && Environment.UserName == "root";
        string[] all = isServer ? ["-u", "postgres", "--", program, .. arguments] : arguments;
        using var process = Process.Start(new ProcessStartInfo(isServer ? "runuser" : program, all)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
