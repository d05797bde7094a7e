using DriverMonitor.Core.Signals;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>How the driver's side of the picture is learned.</summary>
public sealed class SeatLearnerTests
{
    private const double LeftSeat = 0.3, RightSeat = 0.7;

    [Theory]
    [InlineData("alone for a minute on the road", 60.0, 80.0, true)]
    [InlineData("alone for half a minute on the road", 30.0, 80.0, false)]
    [InlineData("waits alone in a vehicle that stands", 600.0, 0.0, false)]
    [InlineData("alone for a minute, speed unknown", 60.0, null, false)]
    [InlineData("alone for five minutes, speed unknown", 301.0, null, true)]
    public void A_face_that_is_alone_while_the_vehicle_moves_is_the_drivers(
        string story, double seconds, double? speedKmh, bool isKnown)
    {
        var learner = new SeatLearner();

        for (var t = 0.0; t < seconds + 0.5; t += 0.1)
            learner.UpdateAlone(At(t), LeftSeat, speedKmh is null ? null : new VehicleReading(speedKmh));

        Assert.True(learner.Place == (isKnown ? LeftSeat : null), $"{story}: {learner.Place}");
    }

    [Theory]
    [InlineData("the left one looks into the bends", 10.0, 0.0, LeftSeat)]
    [InlineData("the right one looks into the bends", 0.0, 8.0, RightSeat)]
    [InlineData("both look into the bends", 9.0, 8.0, null)]
    [InlineData("nobody looks into the bends", 1.0, -2.0, null)]
    [InlineData("the left one against the bends, the right one into them", -6.0, 6.0, RightSeat)]
    public void Of_two_faces_the_one_that_looks_into_the_bends_drives(string story, double left, double right, double? place)
    {
        var learner = new SeatLearner();

        for (var t = 0.0; t < 60; t += 0.1)
        {
            // Right, straight, left, straight: five seconds each. The passenger's own looking around cancels out.
            var steering = ((int)(t / 5) % 4) switch { 0 => 0.0, 1 => 60, 2 => 0, _ => -60 };
            var bend = Math.Sign(steering);
            var aside = 15 * Math.Sin(2 * Math.PI * t / 2.5);
            learner.UpdateBoth(
                At(t), (LeftSeat, left * bend + aside), (RightSeat, right * bend + aside), new VehicleReading(60, steering));
        }

        Assert.True(learner.Place == place, $"{story}: {learner.Place}");
    }

    [Fact]
    public void A_place_that_was_learned_picks_the_driver_of_two_and_is_kept_for_nobody_else()
    {
        var seat = new DriverSeat(new SeatRegion());
        var (driver, passenger) = (Face(30, 20), Face(70, 26));
        for (var t = 0.0; t < 61; t += 0.1)
        {
            seat.Follow(CropArea.ForMesh(driver), At(t));
            seat.LearnAlone(At(t), LeftSeat, new VehicleReading(90));
        }

        Assert.True(seat.IsKnown);
        Assert.Equal(30, seat.Choose([passenger, driver], 100, 100, At(61.5), out var isAmbiguous)?.CentreX);
        Assert.False(isAmbiguous);
        // Who slumps out of sight must not be followed on the passenger's face.
        Assert.Null(seat.Choose([passenger], 100, 100, At(70), out _));
        Assert.Equal(70, seat.Choose([passenger], 100, 100, At(125), out _)?.CentreX);
        Assert.False(seat.IsKnown);
    }

    private static DetectedFace Face(double x, double size) => new(0.9f, x, 50, size, size, x - 3, 50, x + 3, 50);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
