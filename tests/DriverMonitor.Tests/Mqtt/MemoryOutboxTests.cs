using System.Text;
using DriverMonitor.Outbox;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Mqtt;

public sealed class MemoryOutboxTests
{
    // "+" adds, "a3" acknowledges number 3, "?" asks for everything that waits.
    public static TheoryData<string, string, string> Stories => new()
    {
        { "events wait in order", "+ + + ?", "1 2 3" },
        { "only what the broker has leaves", "+ + + a2 ?", "1 3" },
        { "numbers are never used twice", "+ a1 + ?", "2" },
        { "an unknown number is nobody's", "+ a7 a0 ?", "1" },
        { "a full box loses its oldest, and says so at the end", "+ + + + + + ?", "3 4 5 6 gap(7: 1-2, 2 lost)" },
        { "what was acknowledged makes room", "+ + + + a1 + ?", "2 3 4 5" },
        { "a gap that was told is not told again", "+ + + + + ? ?", "2 3 4 5 gap(6: 1-1, 1 lost) | 2 3 4 5 gap(6: 1-1, 1 lost)" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Keeps_what_the_broker_does_not_have(string story, string acts, string expected)
    {
        var outbox = new MemoryOutbox(new FakeTimeProvider(), (seq, from, to, count) => ("gap", Encoding.UTF8.GetBytes($"gap({seq}: {from}-{to}, {count} lost)")), capacity: 4);
        var seen = new List<string>();
        foreach (var act in acts.Split(' '))
        {
            if (act == "+") outbox.Add("topic", seq => Encoding.UTF8.GetBytes($"{seq}"));
            else if (act == "?") seen.Add(string.Join(' ', Waiting(outbox)));
            else outbox.Acknowledge(long.Parse(act[1..], System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(" | ", seen)}");
    }

    [Fact]
    public void Tells_how_much_waits_and_for_how_long()
    {
        var time = new FakeTimeProvider();
        var outbox = new MemoryOutbox(time, (_, _, _, _) => ("gap", []), capacity: 2);
        outbox.Add("topic", _ => []);
        time.Advance(TimeSpan.FromSeconds(7));
        outbox.Add("topic", _ => []);
        Assert.Equal(new(2, TimeSpan.FromSeconds(7), 0), outbox.Count);

        outbox.Add("topic", _ => []);
        Assert.Equal(new(2, TimeSpan.Zero, 1), outbox.Count);
    }

    private static IEnumerable<string> Waiting(MemoryOutbox outbox)
    {
        for (var entry = outbox.NextAfter(0); entry is not null; entry = outbox.NextAfter(entry.Seq))
            yield return Encoding.UTF8.GetString(entry.Body);
    }
}
