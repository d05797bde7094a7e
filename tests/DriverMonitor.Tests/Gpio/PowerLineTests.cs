using DriverMonitor.Core.Supervision;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Gpio;

/// <summary>A supply says on a line that its own is gone: one line, one event, and a clean end before the rest goes.</summary>
public sealed class PowerLineTests : IAsyncDisposable
{
    private const int Line = 6;

    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger<DeviceStates> _log = new();
    private readonly ListLogger<PowerSupply> _ends = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DeviceStates _devices;
    private readonly Board _board;
    private readonly Task _running;
    private int _asked, _ended;

    public PowerLineTests()
    {
        _devices = new(_log);
        _board = Board.Open(new() { PowerLostLine = Line }, _time);
        var supply = new PowerSupply(
            new PowerPolicy(PowerLine.Holds), _devices.Of("power"), () => Interlocked.Increment(ref _ended), _time, _ends);
        _running = new PowerLine(_board.PowerLost!, isLost =>
        {
            supply.Update(isLost);
            Interlocked.Increment(ref _asked);
        }, _time).RunAsync(_stop.Token);
    }

    [Fact]
    public async Task Power_that_goes_is_told_and_ends_the_service_once()
    {
        await Pass(10);
        Assert.Empty(_log.Lines);

        _board.Recording!.Drive(Line, high: true);
        await Pass(3);
        Assert.Equal("Warning: Device power: the supply is gone; the service ends before the rest of the power does.", Assert.Single(_log.Lines));
        Assert.True(_devices.TryTake(out var lost) && lost is { IsWell: false, Name: "power" });
        Assert.Equal(0, _ended);

        await Pass(60);
        Assert.Equal(1, _ended);
        Assert.Contains("starts again by itself", Assert.Single(_ends.Lines), StringComparison.Ordinal);

        _board.Recording.Drive(Line, high: false);
        await Pass(10);
        Assert.Equal("Information: Device power: the supply is back.", _log.Lines[^1]);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_ends_nothing()
    {
        await Pass(2);
        _board.Dispose();
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.False(_running.IsCompleted);
        Assert.Equal((0, 0), (_ended, _log.Lines.Count));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _board.Dispose();
    }

    /// <summary>Each time that the line is asked the clock has moved by a fifth of a second.</summary>
    private async Task Pass(double seconds)
    {
        for (var i = 0; i < seconds * 5; i++)
        {
            var asked = Volatile.Read(ref _asked);
            _time.Advance(TimeSpan.FromSeconds(0.2));
            await Eventually.Sees("the line asked", () => Volatile.Read(ref _asked) > asked);
        }
    }
}
