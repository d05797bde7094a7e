using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>
/// A real PostgreSQL with a cluster of its own in a temporary folder, one for the whole test run: every test gets a fresh
/// database in it. Who stops it needs one of its own. It ends with the test process, however that ends.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer?>> Shared = new(StartAsync);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2), Between = TimeSpan.FromMilliseconds(100);
    private static int _databases;

    /// <summary>Held, or their pipes would be closed with them.</summary>
    private static readonly List<Process> Watches = [];

    private readonly string _programs;
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-pg-").FullName;
    private readonly int _port = FreePort();

    private PostgresServer(string programs) => _programs = programs;

    /// <summary>Null where the package is not installed.</summary>
    public static Task<PostgresServer?> Running => Shared.Value;

    private string Data => Path.Combine(_folder, "data");

    private string Admin => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Pooling=false";

    /// <summary>One that a test may kill.</summary>
    public static async Task<PostgresServer> StartOwnAsync()
    {
        var server = await StartAsync();
        Assert.True(server is not null, "PostgreSQL is not installed; tests/run.sh installs it.");
        return server!;
    }

    /// <summary>SIGKILL, as a power cut would.</summary>
    public async Task KillAsync()
    {
        var number = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        using var server = Process.GetProcessById(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        server.Kill();
        await server.WaitForExitAsync();
    }

    /// <summary>Only of an own one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await KillAsync();
    }

    /// <summary>After a kill: with what it has on its disk.</summary>
    public async Task StartAgainAsync()
    {
        using var patience = new CancellationTokenSource(Longest);
        // Its children see a moment later that it is gone, and till then the memory is theirs.
        while (!TryRun(Path.Combine(_programs, "pg_ctl"), StartArguments)) await Task.Delay(Between, patience.Token);
    }

    /// <summary>As the server's own administrator, who may do what the receiver may not.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var admin = NpgsqlDataSource.Create(Admin);
        await using var command = admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// A connection string to a new, empty database whose owner is no superuser: row-level security holds for it.
    /// </summary>
    /// <param name="more">Of the statement that makes it, such as a tablespace.</param>
    public async Task<string> CreateDatabaseAsync(string more = "")
    {
        var name = $"fleet{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} owner fleet {more}");
        return $"Host=127.0.0.1;Port={_port};Username=fleet;Database={name};Maximum Pool Size=20";
    }

    private string[] StartArguments =>
    [
        "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o",
        $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections=200 -c shared_buffers=64MB -c fsync=off", "start",
    ];

    private static async Task<PostgresServer?> StartAsync()
    {
        if (Programs() is not { } programs) return null;
        var server = new PostgresServer(programs);
        if (Environment.UserName == "root") Assert.True(TryRun("chown", "postgres", server._folder));
        Assert.True(TryRun(
            Path.Combine(programs, "initdb"), "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
        StopWithThisProcess(Path.Combine(programs, "pg_ctl"), server._folder);
        Assert.True(TryRun(Path.Combine(programs, "pg_ctl"), server.StartArguments));
        await server.ExecuteAsync("create role fleet login");
        return server;
    }

    /// <summary>Waits at the end of a pipe whose other end only this process holds: also a kill -9 closes it.</summary>
    private static void StopWithThisProcess(string control, string folder)
    {
        lock (Watches)
        {
            Watches.Add(Process.Start(
                new ProcessStartInfo("bash", ["-c", Script(control, folder)])
                { RedirectStandardInput = true, WorkingDirectory = "/" })!);
        }
    }

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
    private static bool TryRun(string program, params string[] arguments)
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
        return process.ExitCode == 0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
