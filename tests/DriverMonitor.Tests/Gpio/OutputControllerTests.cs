using System.Collections.Immutable;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Gpio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Gpio;

/// <summary>What hangs on the board, on a board that records.</summary>
public sealed class OutputControllerTests : IDisposable
{
    private static readonly GpioSettings Everything = new()
    {
        LampLine = 27,
        CameraLampLine = 22,
        ButtonLine = 23,
        RelayLine = 24,
    };

    private readonly FakeTimeProvider _time = new();
    private readonly Board _board;
    private readonly Buzzer _buzzer;

    public OutputControllerTests()
    {
        _board = Board.Open(Everything, _time);
        _buzzer = new Buzzer(_board, Everything, alert => alert.Sound, _time, NullLogger<Buzzer>.Instance);
    }

    public void Dispose()
    {
        _buzzer.Dispose();
        _board.Dispose();
    }

    // p: ten seconds with pictures; -: ten seconds of silence; h: ten seconds in which the loop hangs; c: pictures of a covered
    // lens; s: silence while the vehicle stands. The numbers are when "nobody watches" is first heard, in whole seconds.
    [Theory]
    [InlineData("all is well", "pppp", "")]
    [InlineData("the camera never comes", "----", "20")]
    [InlineData("the camera is slow to come", "-ppp", "")]
    [InlineData("the camera is lost", "p-p-", "12, 32")]
    [InlineData("the loop hangs", "php", "12")]
    [InlineData("the lens is covered", "pcp", "10")]
    [InlineData("parked, the camera sleeps", "pssp", "")]
    public void The_driver_hears_that_nobody_watches(string story, string life, string heard)
    {
        foreach (var letter in life) Live(letter);

        var ticks = _board
            .Recording!.Edges.Where(edge => edge is { Line: 17, High: true })
            .Select(edge => (int)Math.Round(edge.At.TotalSeconds))
            .ToList();
        var firsts = ticks.Where((at, i) => i == 0 || at - ticks[i - 1] > 3);
        Assert.Equal($"{story}: {heard}", $"{story}: {string.Join(", ", firsts)}");
    }

    [Fact]
    public void The_relay_follows_the_alert_and_everything_is_off_in_the_end()
    {
        Emit(FaceReading.NoFace, new(AlertLevel.Alarm, AlertRule.EyesClosed));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        var lamp = new CaptureLamp(_board.CameraLamp, isRequired: true, NullLogger<CaptureLamp>.Instance);
        Assert.True(lamp.TrySet(on: true));
        Assert.Equal([17, 22, 24, 27], High());

        _buzzer.Dispose();

        Assert.Empty(High());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_camera_whose_lamp_cannot_be_lit_stays_off_when_so_configured(bool required, bool opens)
    {
        var lamp = new CaptureLamp(line: null, required, NullLogger<CaptureLamp>.Instance);

        Assert.Equal(opens, lamp.TrySet(on: true));
        Assert.True(lamp.TrySet(on: false));
    }

    [Fact]
    public void A_finger_on_the_button_is_heard()
    {
        var acts = new List<ButtonAct>();
        using var button = new Button(_board.Button!, _time, acts.Add);
        Hold(down: false, 1);
        Hold(down: true, 0.3);
        Hold(down: false, 1);
        Hold(down: true, 2.2);
        Hold(down: false, 1);

        Assert.Equal([ButtonAct.Short, ButtonAct.Long], acts);
    }

    private int[] High() =>
        [.. _board.Recording!.Edges.GroupBy(edge => edge.Line).Where(line => line.Last().High).Select(line => line.Key).Order()];

    private void Hold(bool down, double seconds)
    {
        _board.Recording!.Drive(Everything.ButtonLine!.Value, high: !down);
        for (var ms = 0; ms < seconds * 1000; ms += 10) _time.Advance(TimeSpan.FromMilliseconds(10));
    }

    private void Live(char letter)
    {
        if (letter == 'c') Report(StatusKind.CameraCovered);
        for (var step = 0; step < 100; step++)
        {
            if (letter is 'p' or 'c') Emit(FaceReading.NoFace);
            if (letter is '-') Emit(FaceReading.NoFrame);
            if (letter is 's') Emit(FaceReading.NoFrame, vehicle: new(0));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        if (letter == 'c') Report(StatusKind.Recovered, "camera_covered");
    }

    private void Report(StatusKind kind, string? detail = null)
    {
        Emit(FaceReading.NoFace, events: [new MonitorEvent.Status(TimeSpan.Zero, kind, detail)]);
        _buzzer.Chirp(SoundPattern.Silence); // the player looks at once
        _time.Advance(TimeSpan.Zero);
    }

    private void Emit(
        FaceReading face,
        StandingAlert? alert = null,
        VehicleReading? vehicle = null,
        ImmutableArray<MonitorEvent> events = default) =>
        _buzzer.Emit(
            new Observation(TimeSpan.Zero, face, Vehicle: vehicle),
            new Outcome(TimeSpan.Zero, default, alert ?? StandingAlert.None, events));
}
