using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Support;

/// <summary>The broker of <c>deploy/mosquitto</c>, from those very files and with certificates of that very script.</summary>
internal sealed class FleetBroker : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Mosquitto _broker;

    private FleetBroker(DirectoryInfo folder, Mosquitto broker) => (_folder, _broker) = (folder, broker);

    public BrokerAddress Address => _broker.Address;

    public static async Task<FleetBroker> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("drivermonitor-fleet-");
        foreach (var file in Directory.GetFiles(Deployed()))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        Certify(folder, "authority");
        Certify(folder, "broker", "localhost", "127.0.0.1");
        var configuration = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "fleet.conf"));
        return new(
            folder,
            await Mosquitto.StartAsync(
                folder, port => Regex.Replace(configuration, "(?m)^listener .*$", $"listener {port} 127.0.0.1")));
    }

    public void Certify(params string[] what) => Certify(_folder, what);

    /// <summary>The files that somebody of this name was given.</summary>
    public TlsSettings Of(string name) =>
        new()
        {
            CaFile = Certificate("ca.pem"),
            CertificateFile = Certificate($"{name}.pem"),
            KeyFile = Certificate($"{name}.key"),
        };

    public void Reload() => _broker.Reload();

    /// <summary>What mosquitto's own client prints and how it ends when it tries something as somebody.</summary>
    public async Task<(int ExitCode, string Said)> TryAsync(string program, TlsSettings who, params string[] arguments)
    {
        string[] identity = who.CertificateFile is null ? [] : ["--cert", who.CertificateFile, "--key", who.KeyFile!];
        using var client = Mosquitto.Launch(program,
            ["-V", "mqttv5", "-h", "127.0.0.1", "-p", $"{Address.Port}", "--cafile", who.CaFile!, .. identity, .. arguments]);
        var said = client.StandardOutput.ReadToEndAsync();
        var complained = await client.StandardError.ReadToEndAsync();
        await client.WaitForExitAsync();
        return (client.ExitCode, await said + complained);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private string Certificate(string file) => Path.Combine(_folder.FullName, "certs", file);

    private static void Certify(DirectoryInfo folder, params string[] what)
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(folder.FullName, "make-certificates.sh"), what)
        {
            WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var complaint = script.StandardError.ReadToEnd();
        script.WaitForExit();
        if (script.ExitCode != 0) throw new InvalidOperationException($"make-certificates.sh {string.Join(' ', what)}: {complaint}");
    }

    private static string Deployed([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "deploy", "mosquitto"));
}
