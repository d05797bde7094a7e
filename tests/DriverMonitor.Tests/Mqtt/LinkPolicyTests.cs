using System.Globalization;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Mqtt;

public sealed class LinkPolicyTests
{
    // What happens, and when; then the state and the wait in seconds that follow each. The dice always show the number given.
    public static TheoryData<string, double, string, string> Stories => new()
    {
        { "a fleet does not arrive all at once", 1.0, "0 Started", "Connecting 15" },
        { "the lucky one starts at once", 0.0, "0 Started", "Connecting 0" },
        { "a good day", 0.5, "0 Started, 1 Connected, 2 Drained, 3 Stopped", "Connecting 7.5, Draining 0, Online 0, Stopped 0" },
        { "waits double up to a minute", 1.0,
            "0 Unreachable, 1 Unreachable, 2 Unreachable, 3 Unreachable, 4 Unreachable, 5 Unreachable, 6 Unreachable, 7 Unreachable, 8 Unreachable",
            "Backoff 0.5, Backoff 1, Backoff 2, Backoff 4, Backoff 8, Backoff 16, Backoff 32, Backoff 60, Backoff 60" },
        { "even the lucky one asks ten times a second at most", 0.0, "0 Unreachable, 1 Unreachable", "Backoff 0.1, Backoff 0.1" },
        { "a link that falls at once does not reset the wait", 1.0, "0 Unreachable, 1 Unreachable, 10 Connected, 39 Lost",
            "Backoff 0.5, Backoff 1, Draining 0, Backoff 2" },
        { "half a minute online does", 1.0, "0 Unreachable, 1 Unreachable, 10 Connected, 40 Lost",
            "Backoff 0.5, Backoff 1, Draining 0, Backoff 0.5" },
        { "a wrong password waits for a human", 0.0, "0 NotAuthorised, 300 NotAuthorised", "Backoff 300, Backoff 300" },
        { "a busy broker is left alone", 0.0, "0 Busy", "Backoff 30" },
        { "a busy broker is left alone, longer", 1.0, "0 Busy", "Backoff 120" },
        { "the double of our name comes back after a minute", 0.5, "0 Connected, 1 TakenOver", "Draining 0, Backoff 60" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Decides_how_long_to_stay_away(string story, double dice, string news, string expected)
    {
        var policy = new LinkPolicy(() => dice, TimeSpan.FromSeconds(15));

        var steps = news.Split(", ")
            .Select(part => part.Split(' '))
            .Select(part =>
                policy.Step(
                    TimeSpan.FromSeconds(double.Parse(part[0], CultureInfo.InvariantCulture)),
                    Enum.Parse<ConnectionEvent>(part[1])))
            .Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.State} {step.Wait.TotalSeconds}"));

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(", ", steps)}");
    }

    [Theory]
    [InlineData(10, "0.083, 0.167, 0.333, 0.667, 1.333, 2.667, 5.333, 10, 10")]
    [InlineData(1800, "15, 30, 60, 120, 240, 480, 960, 1800, 1800")]
    public void A_larger_fleet_spreads_its_return_wider(int spread, string expected)
    {
        var policy = new LinkPolicy(() => 1, TimeSpan.Zero, brokers: 1, TimeSpan.FromSeconds(spread));
        var waits = Enumerable
            .Range(0, 9)
            .Select(at => Math.Max(policy.Step(TimeSpan.FromSeconds(at), ConnectionEvent.Unreachable).Wait.TotalSeconds, 0));
        Assert.Equal(
            expected.Replace("0.083", "0.1", StringComparison.Ordinal),
            string.Join(", ", waits.Select(wait => wait.ToString("0.###", CultureInfo.InvariantCulture))));
    }

    // As above, with two brokers and the largest dice; each step names the broker to ask next.
    public static TheoryData<string, string, string> Rotations => new()
    {
        { "a dead one is left for the other", "0 Unreachable, 1 Unreachable, 2 Unreachable", "B in 0.5, A in 1, B in 2" },
        { "a lost one too", "0 Connected, 40 Lost", "A in 0, B in 0.5" },
        { "one that sent us away is left out", "0 NotAuthorised, 1 Unreachable, 2 Lost", "B in 0.1, B in 0.5, B in 1" },
        { "until its time is over", "0 NotAuthorised, 299 Unreachable, 301 Unreachable", "B in 0.1, B in 0.5, A in 1" },
        { "when all did, the first to open is asked", "0 NotAuthorised, 1 Busy", "B in 0.1, B in 120" },
        { "a double of our name is the same everywhere", "0 Connected, 1 TakenOver", "A in 0, B in 60" },
        { "an old one is asked again in the old way", "0 OldBroker", "A in 0.1" },
    };

    [Theory]
    [MemberData(nameof(Rotations))]
    public void Decides_whom_to_ask(string story, string news, string expected)
    {
        var policy = new LinkPolicy(() => 1, TimeSpan.Zero, brokers: 2);

        var steps = news.Split(", ")
            .Select(part => part.Split(' '))
            .Select(part =>
                policy.Step(
                    TimeSpan.FromSeconds(double.Parse(part[0], CultureInfo.InvariantCulture)),
                    Enum.Parse<ConnectionEvent>(part[1])))
            .Select(step => string.Create(CultureInfo.InvariantCulture, $"{"AB"[step.Broker]} in {step.Wait.TotalSeconds}"));

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(", ", steps)}");
    }

    public static TheoryData<string, double, string, string> States => new()
    {
        { "told at once, then every half minute", 0.5, "0, 10, 29, 30, 59, 60", "0, 30, 60" },
        { "spread out, early", 0.0, "0, 23, 24", "0, 24" },
        { "spread out, late", 1.0, "0, 35, 36", "0, 36" },
        { "a change is told when five seconds have passed", 0.5, "0, 2!, 4.9!, 5!, 20, 35", "0, 5, 35" },
        { "changes do not come faster than that", 0.5, "0!, 1!, 5!, 6!, 9!, 10!", "0, 5, 10" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Decides_when_the_state_is_told(string story, double dice, string asked, string expected)
    {
        var cadence = new StateCadence(() => dice);

        var told = asked
            .Split(", ")
            .Where(part =>
                cadence
                    .Step(TimeSpan.FromSeconds(double.Parse(part.TrimEnd('!'), CultureInfo.InvariantCulture)), part.EndsWith('!'))
                    .Tell)
            .Select(part => part.TrimEnd('!'));

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(", ", told)}");
    }
}
