using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Gpio;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Gpio;

/// <summary>A line whose driver never returns holds up neither the sound nor the camera.</summary>
public sealed class HangingLineTests : IDisposable
{
    private const int BuzzerLine = 17, CameraLampLine = 22, RelayLine = 24, LampLine = 27;

    private static readonly GpioSettings Wired = new()
    {
        BuzzerLine = BuzzerLine, LampLine = LampLine, RelayLine = RelayLine, CameraLampLine = CameraLampLine,
    };

    private readonly ManualResetEventSlim _released = new();
    private readonly DedicatedThreadTimeProvider _time = new();
    private readonly ListLogger<Buzzer> _log = new();
    private readonly Board _board;
    private readonly Buzzer _buzzer;

    public HangingLineTests()
    {
        _board = Board.Open(Wired, _time);
        _buzzer = new(_board, Wired, alert => alert.Sound, _time, _log);
    }

    public void Dispose()
    {
        _released.Set();
        _buzzer.Dispose();
        _board.Dispose();
        _released.Dispose();
    }

    [Theory]
    [InlineData(RelayLine, "relay")]
    [InlineData(LampLine, "lamp")]
    public async Task The_sound_goes_on_while_another_line_hangs_and_that_is_told(int line, string name)
    {
        var other = RelayLine + LampLine - line;
        Hang(line);

        _buzzer.Emit(default, Standing(AlertLevel.Alarm));
        await Eventually.Sees("four beeps", () => Beeps() >= 4);
        await Eventually.Sees("the other line", () => _board.Recording!.Edges.Any(edge => edge.Line == other && edge.High));
        await Eventually.Sees("one line of it", () => Count($"The {name} does not") == 1);
        Assert.False(_buzzer.IsFailing);

        _buzzer.Emit(default, Standing(AlertLevel.None));
        await Eventually.Sees("silence", () => !Level(BuzzerLine));
        _released.Set();
        await Eventually.Sees("the line told to work", () => Count($"The {name} works again") == 1);
        await Eventually.Sees("the line where it should be", () => !Level(line));
    }

    [Fact]
    public async Task The_end_is_silent_and_comes_though_both_lines_hang()
    {
        Hang(RelayLine, LampLine);
        _buzzer.Emit(default, Standing(AlertLevel.Emergency));
        await Eventually.Sees("a beep", () => Beeps() >= 1);

        await Task.Run(_buzzer.Dispose).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.False(Level(BuzzerLine));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_camera_lamp_that_hangs_keeps_the_camera_off_only_where_it_is_required(bool isRequired, bool opens)
    {
        Hang(CameraLampLine);
        var lamp = new CaptureLamp(_board.CameraLamp, isRequired, NullLogger<CaptureLamp>.Instance);

        Assert.Equal(opens, await Task.Run(() => lamp.TrySet(on: true)).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private void Hang(params int[] lines) => _board.Recording!.BeforeWrite = line =>
    {
        if (lines.Contains(line)) _released.Wait();
    };

    private int Count(string words) => _log.Lines.Count(text => text.Contains(words, StringComparison.Ordinal));

    private int Beeps() => _board.Recording!.Edges.Count(edge => edge is { Line: BuzzerLine, High: true });

    private bool Level(int line) => _board.Recording!.Edges.LastOrDefault(edge => edge.Line == line).High;

    private static Outcome Standing(AlertLevel level) => new(default, default, new(level, AlertRule.EyesClosed), []);
}
