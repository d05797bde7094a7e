using System.Globalization;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>Who drives, as little stories: faces come and go in a picture of 100 by 100.</summary>
public sealed class DriverSeatTests
{
    private static readonly SeatRegion LeftHalf = new() { Right = 0.6 };

    //  name, then steps "at: x,y,size x,y,size", and who is followed at each: track number, - nobody, ? ambiguous
    public static TheoryData<string, string, string> Stories => new()
    {
        { "one face drives", "0: 30,50,20", "1" },
        { "the largest of two drives", "0: 20,50,10 40,50,25", "1@40" },
        { "a larger passenger outside the seat is nobody", "0: 30,50,15 80,50,40", "1@30" },
        { "two alike leave it open", "0: 20,50,20 45,50,19", "?" },
        { "a passenger who leans in cannot take the seat at once", "0: 30,50,20; 1: 55,50,24; 2: 55,50,24", "1 - -" },
        { "after a while the new face drives, under a new number", "0: 30,50,20; 4: 55,50,24", "1 2" },
        { "a driver who looks down and returns is the same", "0: 30,50,20; 5: ; 6: 32,52,21", "1 - 1" },
        { "half a minute later the seat is anyone's", "0: 30,50,20; 40: 32,52,21", "1 2" },
        { "a print on the shirt does not drive when the driver's face sinks", "0: 30,50,20; 5: 32,70,8; 29: 32,70,8", "1 - -" },
        { "a small face drives where nobody larger was seen for long", "0: 30,50,20; 31: 40,40,8", "1 2" },
        { "the driver comes back beside a larger face", "0: 30,50,20; 2: 30,50,20 55,50,30", "1 1@30" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Seat_is_kept(string name, string steps, string expected)
    {
        var seat = new DriverSeat(LeftHalf);
        var told = new List<string>();
        var wanted = expected.Split(' ');
        foreach (var step in steps.Split(';', StringSplitOptions.TrimEntries))
        {
            var (at, faces) = Read(step);
            var face = seat.Choose(faces, 100, 100, at, out var ambiguous);
            if (face is { } chosen)
            {
                seat.Follow(CropArea.ForMesh(chosen), at);
                told.Add(wanted[told.Count].Contains('@') ? $"{seat.TrackId}@{chosen.CentreX}" : $"{seat.TrackId}");
            }
            else
            {
                told.Add(ambiguous ? "?" : "-");
            }
        }

        Assert.True(expected == string.Join(' ', told), $"{name}: expected {expected}, got {string.Join(' ', told)}");
    }

    [Fact]
    public void A_picture_of_another_size_shows_the_same_driver_at_once()
    {
        var seat = new DriverSeat(LeftHalf);
        Assert.NotNull(seat.Choose(Read("0: 30,50,20").Faces, 100, 100, TimeSpan.Zero, out _));
        seat.Follow(CropArea.ForMesh(Read("0: 30,50,20").Faces[0]), TimeSpan.Zero);

        seat.Scale(3, 3);

        var at = TimeSpan.FromSeconds(0.1);
        Assert.Equal(90, seat.Choose(Read("0: 90,150,60").Faces, 300, 300, at, out _)?.CentreX);
        Assert.Equal(20, seat.Choose(Read("0: 20,20,20").Faces, 300, 300, at, out _)?.CentreX);
    }

    private static (TimeSpan At, DetectedFace[] Faces) Read(string step)
    {
        var parts = step.Split(':');
        var faces = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            var n = text.Split(',').Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToArray();
            return new DetectedFace(0.9f, n[0], n[1], n[2], n[2], n[0] - 3, n[1], n[0] + 3, n[1]);
        });
        return (TimeSpan.FromSeconds(double.Parse(parts[0], CultureInfo.InvariantCulture)), [.. faces]);
    }
}
