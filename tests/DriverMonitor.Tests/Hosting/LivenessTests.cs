using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Hosting;

/// <summary>When the service may say that it lives.</summary>
public sealed class LivenessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Liveness _heart;

    public LivenessTests() => _heart = new Liveness(_time);

    [Fact]
    public void Nothing_is_said_before_the_first_picture()
    {
        Turn(FaceReading.NoFrame);

        Assert.False(_heart.Read().HasBegun);
        Assert.False(_heart.Read().IsAlive);
    }

    [Fact]
    public void A_picture_a_moment_ago_is_life_and_one_four_seconds_ago_is_not()
    {
        Turn(FaceReading.NoFace);
        Assert.Equal(new LivenessState(HasBegun: true, IsAlive: true, "Watching the driver."), _heart.Read());

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(_heart.Read().IsAlive);
    }

    [Fact]
    public void A_loop_that_turns_without_pictures_and_says_nothing_of_it_is_dead()
    {
        Turn(FaceReading.NoFace);
        for (var i = 0; i < 16; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            Turn(FaceReading.NoFrame);
        }

        Assert.False(_heart.Read().IsAlive);
    }

    [Fact]
    public void A_lost_camera_that_was_told_of_is_no_reason_to_start_again()
    {
        Turn(FaceReading.NoFrame, new MonitorEvent.Status(default, StatusKind.CameraLost));
        Assert.Equal(new LivenessState(HasBegun: true, IsAlive: true, "Cannot watch the driver: camera_lost."), _heart.Read());

        _time.Advance(TimeSpan.FromSeconds(4)); // even then the loop must turn
        Assert.False(_heart.Read().IsAlive);
    }

    [Theory]
    [InlineData(StatusKind.CameraCovered, "Cannot watch the driver: camera_covered.")]
    [InlineData(StatusKind.FrozenPicture, "Cannot watch the driver: frozen_picture.")]
    [InlineData(StatusKind.Dark, "Watching the driver as far as possible: dark.")]
    public void Pictures_that_show_nothing_are_no_watch(StatusKind kind, string words)
    {
        Turn(FaceReading.NoFace, new MonitorEvent.Status(default, kind));

        Assert.Equal(new LivenessState(HasBegun: true, IsAlive: true, words), _heart.Read());
    }

    [Fact]
    public void A_camera_that_sleeps_with_the_vehicle_is_life_and_no_fault()
    {
        Turn(FaceReading.Asleep, new MonitorEvent.Status(default, StatusKind.CameraAsleep));
        _time.Advance(TimeSpan.FromHours(1));
        Turn(FaceReading.Asleep);

        Assert.Equal(new LivenessState(HasBegun: true, IsAlive: true, "The vehicle is switched off; the camera sleeps."), _heart.Read());
    }

    [Fact]
    public void What_came_back_is_no_longer_lacking()
    {
        var seen = new FaceReading { Sight = Sight.Driver };
        Turn(
            seen,
            new MonitorEvent.Status(default, StatusKind.HeartLost),
            new MonitorEvent.Status(default, StatusKind.EyesNotVisible));
        Assert.Equal("Watching the driver as far as possible: eyes_not_visible, heart_lost.", _heart.Read().Words);

        Turn(seen, new MonitorEvent.Status(default, StatusKind.Recovered, "heart_lost"));
        Turn(seen, new MonitorEvent.Status(default, StatusKind.Recovered, "eyes_not_visible"));
        Assert.Equal("Watching the driver.", _heart.Read().Words);
    }

    private void Turn(FaceReading face, params MonitorEvent[] happened) =>
        _heart.Emit(new Observation(default, face), new Outcome(default, default, StandingAlert.None, [.. happened]));
}
