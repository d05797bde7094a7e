using DriverMonitor.Outbox;

namespace DriverMonitor.Tests.Outbox;

/// <summary>Without a folder: what waits is lost with the program, and everything else is the same.</summary>
public sealed class MemoryTests
{
    // "+" adds an alert, "r" a record, "a3" acknowledges number 3, "?" asks for everything that waits.
    public static TheoryData<string, string, string> Stories => new()
    {
        { "events wait in order", "+ + + ?", "1 2 3" },
        { "only what the broker has leaves", "+ + + ? a2 ?", "1 2 3 | 1 3" },
        { "numbers are never used twice", "+ ? a1 + ?", "1 | 2" },
        { "an unknown number is nobody's", "+ ? a7 ?", "1 | 1" },
        { "a full box loses its oldest, and says so when there is room", "+ + + + + + ? a3 a4 + ?", "3 4 5 6 | 5 6 gap(1-2 2 Alert quota) 8" },
        { "what is worth less goes first", "+ r + + + ?", "1 3 4 5" },
        { "and does not push out what is worth more", "+ + + + r ?", "1 2 3 4" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Keeps_what_the_broker_does_not_have(string story, string acts, string expected)
    {
        using var box = new TestOutbox(limits: new() { Ring = 4 });
        var seen = new List<string>();
        foreach (var act in acts.Split(' '))
        {
            if (act == "+")
                await box.Add();
            else if (act == "r")
                await box.Add(cls: OutboxClass.Record);
            else if (act == "?")
                seen.Add(box.Waiting());
            else
                box.Outbox.Acknowledge(
                    MemoryRing.FirstSeq + long.Parse(act[1..], System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(" | ", seen)}");
    }

    [Fact]
    public async Task Tells_how_much_waits_and_what_was_dropped()
    {
        using var box = new TestOutbox(limits: new() { Ring = 2 });
        await box.Add(3);

        var count = box.Outbox.Count;
        Assert.Equal((2, 1), (count.Waiting, count.Dropped));
        Assert.InRange(count.Oldest, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.False(box.Outbox.IsDurable);
    }
}
