using DriverMonitor.Core.Signals;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>When the second network's last answer may stand.</summary>
public sealed class StillFaceTests
{
    private static readonly FaceReading Open = new()
    {
        Sight = Sight.Driver, TrackId = 1, LeftEye = new(0.3, 1), RightEye = new(0.3, 1), MouthOpen = 0.02,
    };

    [Theory]
    [InlineData("nothing moves", 0.05, 0.300, 0.02, 1, true)]
    [InlineData("a lid jitters", 0.05, 0.305, 0.02, 1, true)]
    [InlineData("a lid begins to fall", 0.05, 0.285, 0.02, 1, false)]
    [InlineData("the mouth opens", 0.05, 0.300, 0.04, 1, false)]
    [InlineData("nothing has moved for long", 0.2, 0.300, 0.02, 1, true)]
    [InlineData("a lid has begun to fall meanwhile", 0.2, 0.285, 0.02, 1, false)]
    [InlineData("four times a second it is asked anyway", 0.25, 0.300, 0.02, 1, false)]
    [InlineData("the same moment again", 0.0, 0.300, 0.02, 1, false)]
    [InlineData("the clock went back", -3.0, 0.300, 0.02, 1, false)]
    [InlineData("another face", 0.05, 0.300, 0.02, 2, false)]
    public void An_answer_stands_while_lids_and_mouth_do(string story, double later, double eye, double mouth, int track, bool stands)
    {
        var (still, first) = (new StillFace(), TimeSpan.FromSeconds(10));
        var shapes = new Blendshapes(0.1f, 0.1f, 0.2f, 0, 0, 0, 0, 0);
        still.Keep(first, Open, shapes);

        var kept = still.Shapes(
            first + TimeSpan.FromSeconds(later),
            Open with { LeftEye = new(eye, 1), MouthOpen = mouth, TrackId = track });

        Assert.True(stands == (kept == shapes), story);
    }

    [Fact]
    public void An_eye_that_is_not_measured_is_asked_about()
    {
        var still = new StillFace();
        var unseen = Open with { RightEye = new(null, 0) };
        still.Keep(TimeSpan.Zero, unseen, default);

        Assert.Null(still.Shapes(TimeSpan.FromSeconds(0.05), unseen));
    }
}
