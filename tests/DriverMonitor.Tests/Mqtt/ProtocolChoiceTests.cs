using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Mqtt;

public sealed class ProtocolChoiceTests
{
    // How each attempt ended; then the version in which each was made, and the one that is next.
    public static TheoryData<string, string, string, string> Stories => new()
    {
        { "a new broker stays one", "Auto", "Lost Unreachable Lost", "5 5 5 5" },
        { "one that refuses 5 is asked in 3.1.1 from then on", "Auto", "OldBroker Lost Unanswered Unreachable", "5 3.1.1 3.1.1 3.1.1 3.1.1" },
        { "two closes without an answer: 3.1.1 once", "Auto", "Unanswered Unanswered Unanswered Unanswered", "5 5 3.1.1 5 5" },
        { "that answers: 5 once more at each new connection", "Auto", "Unanswered Unanswered Lost Unanswered Lost", "5 5 3.1.1 5 3.1.1 5" },
        { "an update is found", "Auto", "Unanswered Unanswered Lost Lost Lost", "5 5 3.1.1 5 5 5" },
        { "a network between the closes says nothing", "Auto", "Unanswered Unreachable Unanswered Unreachable Unanswered", "5 5 5 5 5 5" },
        { "a refusal in 3.1.1 is an answer", "Auto", "Unanswered Unanswered NotAuthorised Unanswered", "5 5 3.1.1 5 3.1.1" },
        { "what is set is obeyed", "5", "Unanswered Unanswered OldBroker Unanswered", "5 5 5 5 5" },
        { "and so is the other", "3.1.1", "Unanswered Unanswered OldBroker", "3.1.1 3.1.1 3.1.1 3.1.1" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Asks_in_the_version_that_is_likely(string story, string setting, string ends, string expected)
    {
        var choice = new ProtocolChoice(setting);
        var asked = new List<string> { Version(choice) };
        foreach (var end in ends.Split(' '))
        {
            choice.Step(Enum.Parse<ConnectionEvent>(end));
            asked.Add(Version(choice));
        }

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(' ', asked)}");
    }

    private static string Version(ProtocolChoice choice) => choice.IsOld ? "3.1.1" : "5";
}
