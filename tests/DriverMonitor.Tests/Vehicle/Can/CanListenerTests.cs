using DriverMonitor.Core.Can;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle.Can;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle.Can;

/// <summary>The bus is plugged in, pulled out, silent, back, and never there: one line each, and the reader goes on.</summary>
public sealed class CanListenerTests : IAsyncDisposable
{
    private static readonly CanSettings Settings = new() { Interface = "can0", Signals = new() { ["Speed"] = "0x100 0|16@1+ (0.01,0)" } };

    private static readonly string[] SomeIds = ["18FEF100", "100", "7EF", "101", "7F0", "00000100"];

    private readonly ListLogger<DeviceStates> _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DeviceStates _devices;
    private readonly List<ScriptedBus> _opened = [];
    private readonly ScriptedBus _bus = new();
    private bool _isThere = true;
    private string? _trouble;
    private long? _passed;
    private CanVehicle _vehicle;
    private Task _running = Task.CompletedTask;

    public CanListenerTests() =>
        (_devices, _vehicle) = (new(_log), new(CanSignals.Of(Settings), _time));

    [Fact]
    public async Task Plugged_in_pulled_out_and_back_are_one_line_each()
    {
        Start(Settings);
        _bus.Say("100", "8813");
        await Eventually.Sees("a frame", () => _vehicle.Frames == 1);
        Assert.Equal(50, _vehicle.Read(default)!.Value.SpeedKmh);

        (_trouble, _isThere) = ("there is no interface can0", false);
        _bus.PullOut();
        await Eventually.Sees("that it is lost", () => _log.Lines.Count == 2);
        await Pass(TimeSpan.FromSeconds(20));
        _isThere = true;
        await Eventually.Sees("it open again", () => Advanced() && _opened.Count == 2);
        _opened[1].Say("100", "1027");
        await Eventually.Sees("a frame of the new one", () => _vehicle.Frames == 2);

        Assert.Equal(
            [
                "Information: Device can: frames come from can0; nothing is sent.",
                "Warning: Device can is lost: can0: there is no interface can0. The rest goes on; retrying.",
                "Information: Device can: frames come from can0; nothing is sent.",
            ], _log.Lines);
        await Eventually.Sees("the first one closed", () => _opened[0].IsClosed);
        Assert.Empty(_opened.SelectMany(bus => bus.Sent));
    }

    [Fact]
    public async Task A_bus_that_was_never_there_is_told_once()
    {
        (_isThere, _trouble) = (false, "there is no interface can0; is the adapter plugged in?");
        Start(Settings);
        await Eventually.Sees("that it is lost", () => _log.Lines.Count == 1);
        await Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(
            "Warning: Device can is lost: can0: there is no interface can0; is the adapter plugged in?. The rest goes on; retrying.",
            Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task A_bus_that_falls_silent_and_speaks_again_is_two_lines()
    {
        Start(Settings);
        _bus.Say("7FF", "00");
        await Eventually.Sees("that it is found", () => _log.Lines.Count == 1);
        await Eventually.Sees("that it is silent", () => Advanced() && _log.Lines.Count == 2);
        _bus.Say("7FF", "00");
        await Eventually.Sees("that it speaks", () => _log.Lines.Count == 3);
        Assert.Equal("Warning: Device can is lost: can0 is silent, as of a vehicle that sleeps. The rest goes on; retrying.", _log.Lines[1]);
        Assert.Single(_opened);
    }

    [Theory]
    [InlineData(false, "frames come from can0, and none with a signal of Vehicle:Can; find them with 'drivermonitor can watch'")]
    [InlineData(true, "frames come from can0, and no engine answers; is the ignition on?")]
    public async Task A_bus_on_which_nothing_of_use_comes_is_told_as_such(bool asksEngine, string says)
    {
        _passed = 0;
        Start(asksEngine ? Settings with { ObdRequests = true, Signals = [] } : Settings);
        await Eventually.Sees("that it is lost", () =>
        {
            _passed += 100;
            return Advanced() && _log.Lines.Count == 1;
        });
        Assert.Equal($"Warning: Device can is lost: {says}. The rest goes on; retrying.", Assert.Single(_log.Lines));
    }

    [Fact]
    public void The_kernel_is_asked_for_the_named_identifiers_alone()
    {
        var wanted = CanSignals.Of(Settings with
        {
            ObdRequests = true,
            Signals = new() { ["Speed"] = "0x18FEF100 8|16@1+", ["Door"] = "0x100 0|1@1+", ["Wipers"] = "0x100 1|1@1+" },
        }).Wanted;

        Assert.True(CanFilter.IsPossible);
        // linux/can.h: bit 31 is the long format, bit 30 a remote frame; both must be as asked for.
        Assert.Equal(
            [0x98FEF100, 0xDFFFFFFF, 0x100, 0xC00007FF, 0x7E8, 0xC00007F8], CanFilter.Encode(wanted));
        Assert.Equal(
            [true, true, true, false, false, false],
            SomeIds.Select(id => wanted.Any(range => range.Contains(CanFrameId.ParseHex(id)!.Value))));
    }

    [Fact]
    public async Task Nothing_but_two_questions_is_ever_sent_and_a_vehicle_that_sleeps_is_let_sleep()
    {
        var settings = Settings with { ObdRequests = true, Signals = [] };
        _vehicle = new(CanSignals.Of(settings), _time);
        Start(settings);
        await Eventually.Sees("the first questions", () => _bus.Sent.Count == 2);
        for (var i = 0; i < 20; i++)
        {
            var (frames, sent) = (_vehicle.Frames + 1, _bus.Sent.Count);
            _bus.Say("7E8", "03410D32");
            await Eventually.Sees("the answer", () => _vehicle.Frames == frames);
            await Eventually.Sees("the next questions", () => Advanced(ObdRequester.Often / 2) && _bus.Sent.Count >= sent + 2);
        }

        Assert.Equal(50, _vehicle.Read(default)!.Value.SpeedKmh);
        var asked = _bus.Sent.Count;
        await Pass(TimeSpan.FromSeconds(120));
        Assert.InRange(_bus.Sent.Count - asked, 0, 60);
        Assert.All(_bus.Sent, frame => Assert.Contains(frame, ObdFrames.Requests));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(17_500, 0)]
    [InlineData(100_000, 0.4)]
    public void A_flood_is_paused_and_a_full_bus_is_not(int perSecond, double leastPaused)
    {
        var (guard, at, paused) = (new FloodGuard(), TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < perSecond; i++)
        {
            at += TimeSpan.FromSeconds(1.0 / perSecond);
            var pause = guard.Step(at);
            (at, paused) = (at + pause, paused + pause);
        }

        Assert.True(leastPaused == 0 ? paused == TimeSpan.Zero : paused.TotalSeconds > leastPaused, $"{paused}");
    }

    [Theory]
    [InlineData("can0", null)]
    [InlineData("can1", "can1 is down; do: ip link set can1 up")]
    [InlineData("can2", "can2 is off the bus (bus-off)")]
    [InlineData("eth0", "eth0 is no CAN interface (there are can0, can1, can2)")]
    [InlineData("can9", "there is no interface can9 (there are can0, can1, can2); is the adapter plugged in?")]
    public void Why_nothing_comes_is_read_off_the_kernel(string name, string? says)
    {
        var folder = Directory.CreateTempSubdirectory("net");
        foreach (var (link, type, carrier) in new[] { ("can0", "280", "1"), ("can1", "280", null), ("can2", "280", "0"), ("eth0", "1", "1") })
        {
            folder.CreateSubdirectory(link);
            File.WriteAllText(Path.Combine(folder.FullName, link, "type"), type + "\n");
            if (carrier is not null) File.WriteAllText(Path.Combine(folder.FullName, link, "carrier"), carrier + "\n");
        }

        var trouble = new CanLink(folder.FullName).Trouble(name);
        folder.Delete(recursive: true);
        if (says is null) Assert.Null(trouble);
        else Assert.StartsWith(says, trouble, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var bus in _opened.Append(_bus)) bus.PullOut();
        await _running;
        _stop.Dispose();
    }

    private void Start(CanSettings settings)
    {
        var listener = new CanListener(settings, _ => Open(), () => _trouble, () => _passed, _vehicle, _devices.Of("can"), _time);
        _running = listener.RunAsync(_stop.Token);
    }

    private ScriptedBus Open()
    {
        if (!_isThere) throw new IOException("Could not get interface index for `can0`");
        _opened.Add(_opened.Count == 0 ? _bus : new());
        return _opened[^1];
    }

    /// <summary>Moves the clock on while a test waits.</summary>
    private bool Advanced(TimeSpan? by = null)
    {
        _time.Advance(by ?? TimeSpan.FromSeconds(1));
        return true;
    }

    private async Task Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(0.5))
        {
            Advanced(TimeSpan.FromSeconds(0.5));
            await Task.Delay(1);
        }
    }
}
