using DriverMonitor.Fleet.Rates;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Rates;

public sealed class TimelineTests
{
    [Fact]
    public void Every_piece_says_what_is_known_of_it()
    {
        var timeline = new Timeline(from: 1_000, to: 11_000, pieces: 10);
        timeline.AddHeard(1_000, 3_000);
        timeline.AddTrip(new(2_000, 4_500, new Dictionary<string, double>()));
        timeline.AddGap(6_200, 7_100, lost: 41);
        timeline.AddEvents(2_000, EventType.Raised, level: 3, count: 2);
        timeline.AddEvents(4_000, EventType.Disputed, level: 3, count: 1);
        timeline.AddEvents(11_000, EventType.Raised, level: 3, count: 1);

        var pieces = timeline.Pieces;

        Assert.Equal(
            "heard driven driven driven unknown gap gap unknown unknown unknown", string.Join(' ', pieces.Select(piece => piece.State)));
        Assert.Equal((2, 3, 41), (pieces[1].Alerts, pieces[1].TopLevel, pieces[5].Lost));
        Assert.Equal((1, 0), (pieces[3].Disputed, pieces[9].Alerts));
    }

    //  length, pieces asked for    pieces made
    [Theory]
    [InlineData(10, 3, 3)]
    [InlineData(10, 500, 10)]
    [InlineData(1, 1, 1)]
    [InlineData(2_678_400_000, 500, 500)]
    public void There_are_never_more_pieces_than_asked_for(long length, int asked, int made)
    {
        var pieces = new Timeline(0, length, asked).Pieces;

        Assert.Equal(made, pieces.Count);
        Assert.True(pieces[^1].From.ToUnixTimeMilliseconds() < length);
    }
}
