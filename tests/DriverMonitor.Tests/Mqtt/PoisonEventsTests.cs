using System.Globalization;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Mqtt;

public sealed class PoisonEventsTests
{
    // Each loss: the first event on its way, how many there were, and the seconds since it was sent; then which is held back.
    public static TheoryData<string, string, string> Stories => new()
    {
        { "the same one ends each connection", "7x20@0 7x20@0 7x20@0 7x1@0 7x1@0", "- - - - 7" },
        { "alone from the start", "7x1@0 7x1@0 7x1@0 7x1@0 7x1@0", "- - - - 7" },
        { "a bad network stops somewhere else each time", "1x20@0 4x20@0 9x20@0 12x20@0 14x20@0 20x20@0", "- - - - - -" },
        { "one that dies long after it was sent to is not the event's fault", "7x1@6 7x1@6 7x1@6 7x1@6 7x1@6 7x1@6", "- - - - - -" },
        { "nothing was on its way", "- - - - - -", "- - - - - -" },
        { "an answer clears the suspicion", "7x1@0 7x1@0 7x1@0 7x1@0 ok7 7x1@0 7x1@0", "- - - - - - -" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Finds_the_one_that_ends_each_connection(string story, string losses, string expected)
    {
        var poison = new PoisonEvents();

        var held = losses.Split(' ').Select(loss => Step(poison, loss));

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(' ', held)}");
    }

    [Fact]
    public void It_is_tried_again_after_five_minutes()
    {
        var poison = new PoisonEvents();
        for (var i = 0; i < 5; i++) Step(poison, "7x1@0");

        Assert.True(poison.Holds(7, TimeSpan.FromSeconds(299)));
        Assert.False(poison.Holds(7, TimeSpan.FromSeconds(300)));
        Assert.False(poison.Holds(8, TimeSpan.Zero));
        Assert.False(poison.IsSuspicious);
    }

    private static string Step(PoisonEvents poison, string loss)
    {
        if (loss.StartsWith("ok", StringComparison.Ordinal)) poison.Acknowledged(Number(loss[2..]));
        if (loss == "-") poison.Lost(null, 0, TimeSpan.Zero, TimeSpan.Zero);
        var parts = loss.Split('x', '@');
        return
            parts.Length == 3
            && poison.Lost(Number(parts[0]), Number(parts[1]), TimeSpan.FromSeconds(Number(parts[2])), TimeSpan.Zero)
            ? parts[0]
            : "-";
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
