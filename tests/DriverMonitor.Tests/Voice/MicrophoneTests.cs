using System.Diagnostics;
using System.Runtime.InteropServices;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Tests.Camera;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using DriverMonitor.Voice;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace DriverMonitor.Tests.Voice;

/// <summary>A microphone behind real programs: it listens while it may, and closes at once when it may not.</summary>
public sealed class MicrophoneTests(ITestOutputHelper output) : IDisposable
{
    private readonly CommandScripts _scripts = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SoundReader _reader = new(new(new ModelStore(ModelStore.DefaultFolder())), withEffort: true);
    private Microphone? _microphone;
    private Task? _running;

    public void Dispose()
    {
        _stop.Cancel();
        _running?.Wait(TimeSpan.FromSeconds(60));
        _microphone?.Dispose();
        if (_microphone is null) _reader.Dispose();
        _scripts.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Nothing_is_opened_before_the_driver_allows_it_and_all_is_closed_within_a_second_of_the_withdrawal()
    {
        var microphone = Start($"echo $$ > pid; while :; do cat {Sounds()}; sleep 0.1; done");
        await Task.Delay(300);
        Assert.False(File.Exists(_scripts.PathOf("pid")));
        Assert.Equal(MicrophoneStatus.NotAllowed, microphone.Status);

        microphone.Permit(true);
        await Eventually.Sees("a reading", () => TryRead(microphone) is { Microphone: MicrophoneState.Present });
        Assert.Equal(MicrophoneStatus.Listening, microphone.Status);
        var program = Process.GetProcessById(int.Parse(File.ReadAllText(_scripts.PathOf("pid"))));

        var withdrawn = Stopwatch.GetTimestamp();
        microphone.Permit(false);
        Assert.Equal(MicrophoneStatus.NotAllowed, microphone.Status);
        Assert.Null(TryRead(microphone));
        // The kill is sent before Permit returns; what remains is the kernel's.
        Assert.True(program.WaitForExit(TimeSpan.FromSeconds(LongForm.IsWanted ? 1 : 30)), "the program still runs");
        output.WriteLine($"closed {Stopwatch.GetElapsedTime(withdrawn).TotalMilliseconds:0} ms after the withdrawal");
        await Eventually.Sees("zeros", () => _reader.Room.Length == 1024 && !_reader.Room.ContainsAnyExcept((byte)0));
        Assert.Null(TryRead(microphone));

        microphone.Permit(true);
        await Eventually.Sees("another reading", () => TryRead(microphone) is not null);
    }

    [Fact]
    public async Task It_rests_with_the_vehicle()
    {
        var microphone = Start($"while :; do cat {Sounds()}; sleep 0.1; done");
        microphone.Permit(true);
        await Eventually.Sees("a reading", () => TryRead(microphone) is not null);
        microphone.Rest(true);
        Assert.Equal(MicrophoneStatus.AtRest, microphone.Status);
        Assert.Null(TryRead(microphone));
        microphone.Rest(false);
        await Eventually.Sees("a reading", () => TryRead(microphone) is not null);
    }

    [Fact]
    public async Task A_program_that_ends_is_told_once_and_started_again()
    {
        var log = new ListLogger<Microphone>();
        var microphone = Start("echo x >> starts; echo 'no such device' >&2; exit 1", log);
        microphone.Permit(true);
        await Eventually.Sees("that it is unplugged", () => TryRead(microphone) is { Microphone: MicrophoneState.Unplugged });
        await Eventually.Sees("three starts", () => File.ReadAllLines(_scripts.PathOf("starts")).Length >= 3);
        Assert.Equal(MicrophoneStatus.Lost, microphone.Status);
        var told = Assert.Single(log.Lines, line => line.Contains("gives no sound", StringComparison.Ordinal));
        Assert.Contains("no such device", told, StringComparison.Ordinal);
        Assert.Contains("Retrying in 1 s", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat /dev/zero", MicrophoneState.Muted)]
    [InlineData("cat /dev/urandom", MicrophoneState.TooNoisy)]
    [InlineData("sh -c 'while :; do head -c 333 /dev/urandom; done'", MicrophoneState.TooNoisy)]
    public async Task What_is_wrong_with_its_sound_is_told(string program, MicrophoneState expected)
    {
        var microphone = Start($"exec {program}");
        microphone.Permit(true);
        await Eventually.Sees($"{expected}", () => TryRead(microphone)?.Microphone == expected);
    }

    [Fact]
    public async Task A_program_that_is_not_installed_is_told()
    {
        var log = new ListLogger<Microphone>();
        var microphone = StartWith(new() { Enabled = true, Command = "no-such-program", Arguments = ["x"] }, log);
        microphone.Permit(true);
        await Eventually.Sees("why", () => log.Lines.Any(line => line.Contains(
            "The microphone command no-such-program cannot be started. Is it installed and on the PATH?", StringComparison.Ordinal)));
    }

    private Microphone Start(string body, ListLogger<Microphone>? log = null) =>
        StartWith(new() { Enabled = true, Command = "sh", Arguments = [_scripts.Write("microphone", body)] }, log);

    private Microphone StartWith(MicrophoneSettings settings, ListLogger<Microphone>? log)
    {
        _microphone = new(settings, _reader, TimeProvider.System, log ?? (ILogger<Microphone>)NullLogger<Microphone>.Instance);
        _running = Task.Factory.StartNew(
            () => _microphone.Run(_stop.Token), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return _microphone;
    }

    private string Sounds()
    {
        var path = _scripts.PathOf("sound.pcm");
        File.WriteAllBytes(path, MemoryMarshal.AsBytes(Sound.ToPcm(Sound.Scaled(Sound.Road(2), 0.05)).AsSpan()).ToArray());
        return path;
    }

    private static VoiceReading? TryRead(Microphone microphone) =>
        microphone.TryRead(TimeSpan.FromHours(1), out _, out var reading) ? reading : null;
}
