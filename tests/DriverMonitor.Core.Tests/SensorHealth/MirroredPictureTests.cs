using DriverMonitor.Core.SensorHealth;

namespace DriverMonitor.Core.Tests.SensorHealth;

public class MirroredPictureTests
{
    [Theory]
    [InlineData("looks into the bends", 8.0, 60.0, false)]
    [InlineData("looks out of the bends: mirrored", -8.0, 60.0, true)]
    [InlineData("keeps the head still", 0.5, 60.0, null)]
    [InlineData("bends to one side only", -8.0, 0.0, null)]
    public void A_head_that_turns_against_the_wheel_is_a_mirrored_one(string drive, double inwards, double left, bool? isMirrored)
    {
        var (picture, said) = (new MirroredPicture(), (bool?)null);
        for (var t = 0.0; t < 60; t += 0.1)
        {
            // Straight, right, straight, left; five seconds each, the camera 12 degrees aside.
            var wheel = ((int)(t / 5) % 4) switch { 1 => 60, 3 => -left, _ => 0.0 };
            said = picture.Update(TimeSpan.FromSeconds(t), 12 + inwards * Math.Sign(wheel), wheel);
        }

        Assert.True(said == isMirrored, $"{drive}: {said}");
    }
}
