using System.Diagnostics;
using System.Text.RegularExpressions;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>The files of <c>deploy/mosquitto</c> as a clumsy installer uses them, and on a bad day of a fleet.</summary>
public sealed class DeployedQueueTests : IDisposable
{
    private const int Vehicles = 100;
    private const int AlertsEach = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deployed-queue-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("mosquitto.conf")]
    [InlineData("fleet.conf")]
    public async Task Ten_thousand_alerts_that_were_acknowledged_reach_a_fleet_that_slept(string file)
    {
        var limits = Regex.Matches(await File.ReadAllTextAsync(SourceTree.Path("deploy", "mosquitto", file)), "(?m)^max_.*$");
        await using var broker = await Mosquitto.StartAsync(_ =>
            string.Join('\n', limits.Select(line => line.Value).Append("allow_anonymous true")));
        var heard = Path.Combine(_folder.FullName, "heard");
        var at = $"-h 127.0.0.1 -p {broker.Address.Port} -q 1";
        using var fleet = Shell($"exec mosquitto_sub {at} -c -i fleet -t 'dm/v1/#' -F %t > {heard}");
        // Until this one comes back the fleet is not listening.
        await Eventually.Sees("the fleet listening", () =>
        {
            Wait(Shell($"mosquitto_pub {at} -t dm/v1/acme/first -m x"));
            return File.ReadAllText(heard).Length > 0;
        }, withinSeconds: 60);
        var before = File.ReadAllLines(heard).Length;
        Wait(Shell($"kill -STOP {fleet.Id}"));

        // mosquitto_pub ends well only when each line was acknowledged.
        Assert.Equal(0, Wait(Shell($"for v in $(seq {Vehicles}); do seq {AlertsEach} | mosquitto_pub {at} -l -t dm/v1/acme/veh-$v/alert/fatigue & "
            + "pids=\"$pids $!\"; done; for p in $pids; do wait $p || exit 1; done")));
        Wait(Shell($"kill -CONT {fleet.Id}"));

        await Eventually.Sees(
            "every alert", () =>
                File.ReadAllLines(heard).Count(line => line.EndsWith("/alert/fatigue", StringComparison.Ordinal))
                == Vehicles * AlertsEach,
            withinSeconds: 60);
        Assert.True(before > 0);
        fleet.Kill();
    }

    [Theory]
    [InlineData("in its own folder")]
    [InlineData("as Debian's service")]
    public async Task Started_by_root_the_fleets_broker_reads_its_files_as_its_own_user(string way)
    {
        // Whoever is not root starts it as himself, and every other test of the fleet's broker does.
        if (!Environment.IsPrivilegedProcess) return;

        Assert.Equal(0, Wait(Shell($"chmod 755 {_folder}")));
        // A narrow umask, as the script's own.
        Assert.Equal(0, Wait(Shell($"umask 077; cp {SourceTree.Path("deploy", "mosquitto")}/* {_folder}; cd {_folder}; ./make-certificates.sh authority; "
            + "./make-certificates.sh broker localhost 127.0.0.1; ./make-certificates.sh vehicle veh-0001")));
        var port = Loopback.FreePort();
        var configuration = Regex.Replace(
            await File.ReadAllTextAsync($"{_folder}/fleet.conf"), "(?m)^listener .*$", $"listener {port} 127.0.0.1");
        await File.WriteAllTextAsync($"{_folder}/fleet.conf", configuration);
        using var broker = way == "in its own folder" ? Shell($"cd {_folder}; exec mosquitto -c fleet.conf") : AsService(configuration);

        var client = $"cd {_folder}; mosquitto_pub -V mqttv5 -h localhost -p {port} --cafile certs/ca.pem --cert certs/veh-0001.pem "
            + "--key certs/veh-0001.key -t dm/v1/acme/veh-0001/status -m x -q 1";
        await Eventually.Sees(
            "the broker taking a message", () => broker.HasExited || Wait(Shell(client)) == 0, withinSeconds: 60);
        Assert.False(broker.HasExited, broker.HasExited ? await broker.StandardError.ReadToEndAsync() : "");
        Assert.NotEqual(
            "0", Regex.Match(await File.ReadAllTextAsync($"/proc/{broker.Id}/status"), @"Uid:\s+(\d+)").Groups[1].Value);
        // What the broker does not need is not its to read.
        Assert.NotEqual(0, Wait(Shell($"setpriv --reuid=mosquitto --regid=mosquitto --clear-groups cat {_folder}/certs/ca.key {_folder}/certs/veh-0001.key")));
        broker.Kill();
    }

    /// <summary>Debian's own file includes a folder; paths are written in full.</summary>
    private Process AsService(string configuration)
    {
        var full = Regex.Replace(configuration, "(?m)^(cafile|certfile|keyfile|crlfile|acl_file) ", $"$1 {_folder}/");
        Directory.CreateDirectory($"{_folder}/conf.d");
        File.WriteAllText($"{_folder}/conf.d/fleet.conf", full);
        File.WriteAllText($"{_folder}/mosquitto.conf", $"include_dir {_folder}/conf.d\n");
        return Shell($"cd /; chmod -R a+rX {_folder}/conf.d {_folder}/mosquitto.conf; exec mosquitto -c {_folder}/mosquitto.conf");
    }

    private static Process Shell(string line) =>
        Process.Start(
            new ProcessStartInfo("bash", ["-c", $"PATH=$PATH:/usr/sbin; {line}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    private static int Wait(Process process)
    {
        using (process)
        {
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
