using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.HeartRate.Bluetoothd;

/// <summary>A private D-Bus with a bluetoothd of our own (bluez.py) on it, which misbehaves when it is told to.</summary>
internal sealed class FakeBluez : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drivermonitor-bluez-");
    private readonly SemaphoreSlim _turn = new(1);
    private Process? _daemon, _bluez;

    /// <summary>The bus, as an address of D-Bus.</summary>
    public string Address => $"unix:path={Path.Combine(_folder.FullName, "bus")}";

    public static async Task<FakeBluez> StartAsync(bool bluetoothd = true)
    {
        var fake = new FakeBluez();
        File.WriteAllText(Path.Combine(fake._folder.FullName, "bus.conf"), $"""
            <busconfig>
              <type>system</type>
              <listen>{fake.Address}</listen>
              <policy context="default">
                <allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_destination="*"/><allow receive_sender="*"/>
              </policy>
            </busconfig>
            """);
        await fake.StartBusAsync();
        if (bluetoothd) await fake.Report("start");
        return fake;
    }

    /// <summary>The bus itself, and the fake on it; after <see cref="KillBusAsync"/> again.</summary>
    public async Task StartBusAsync()
    {
        _daemon = Launch("dbus-daemon", $"--config-file={Path.Combine(_folder.FullName, "bus.conf")}", "--nofork", "--nopidfile");
        await Eventually.Sees("the private bus", () => File.Exists(Path.Combine(_folder.FullName, "bus")));
        // Debian's own: the modules come from its packages, and another python in the path would not find them.
        _bluez = Launch("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "HeartRate", "Bluetoothd", "bluez.py"));
        await Expect("ready");
    }

    public async Task KillBusAsync()
    {
        await End(_bluez);
        await End(_daemon);
        File.Delete(Path.Combine(_folder.FullName, "bus"));
    }

    /// <summary>Gives a command of bluez.py's and waits until it was done.</summary>
    public Task Report(string command) => Expect("ok", command);

    /// <summary>How often BlueZ was asked for something.</summary>
    public async Task<int> Count(string call)
    {
        using var state = JsonDocument.Parse(await Ask("state"));
        return state.RootElement.GetProperty("counts").TryGetProperty(call, out var count) ? count.GetInt32() : 0;
    }

    /// <summary>How many names are taken on the bus; every connection has one.</summary>
    public async Task<int> Names()
    {
        using var state = JsonDocument.Parse(await Ask("state"));
        return state.RootElement.GetProperty("names").GetInt32();
    }

    /// <summary>Waits until BlueZ was asked for something so many times.</summary>
    public async Task Hears(string call, int times, int withinSeconds = 40)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(withinSeconds));
        while (await Count(call) < times)
        {
            if (patience.IsCancellationRequested) Assert.Fail($"BlueZ was not asked {times} times for {call} within {withinSeconds} s: {await State()}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    public Task<string> State() => Ask("state");

    /// <summary>The program in a process of its own, with this bus for the system's.</summary>
    public Process StartProgram(params string[] arguments) =>
        Launch("dotnet", [Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"), .. arguments]);

    /// <inheritdoc cref="StartProgram"/>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = StartProgram(arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        await End(_bluez);
        await End(_daemon);
        _folder.Delete(recursive: true);
    }

    private async Task Expect(string answer, string? command = null)
    {
        var got = await Ask(command);
        Assert.True(got == answer, $"bluez.py answered '{got}' to '{command}': {(got.Length == 0 ? await _bluez!.StandardError.ReadToEndAsync() : "")}");
    }

    private async Task<string> Ask(string? command)
    {
        await _turn.WaitAsync();
        try
        {
            if (command is not null) await _bluez!.StandardInput.WriteLineAsync(command);
            return await _bluez!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? "";
        }
        finally
        {
            _turn.Release();
        }
    }

    private Process Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = Address;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} is not installed; these tests need a real bus: apt-get install -y dbus python3-dbus python3-gi", e);
        }
    }

    private static async Task End(Process? process)
    {
        if (process is null) return;
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
