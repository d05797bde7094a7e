using System.Globalization;
using DriverMonitor.Core.Supervision;

namespace DriverMonitor.Core.Tests.Supervision;

/// <summary>When the program ends before the power goes: once for each loss that it saw begin.</summary>
public sealed class PowerPolicyTests
{
    // Parts: how long, and whether the board is fed; a number beside it is the battery's charge.
    [Theory]
    [InlineData("all is well", "60 fed", "")]
    [InlineData("the engine is started", "60 fed; 0.6 gone; 60 fed", "")]
    [InlineData("capacitors", "60 fed; 20 gone", "61.0 Lost, 68.0 End")]
    [InlineData("back in time", "60 fed; 5 gone; 20 fed", "61.0 Lost, 70.0 Back")]
    [InlineData("a loose contact is one loss", "60 fed; 5 gone; 2 fed; 5 gone; 2 fed; 5 gone; 20 fed", "61.0 Lost, 84.0 Back")]
    [InlineData("the board outlives it: it ends once", "60 fed; 300 gone", "61.0 Lost, 68.0 End")]
    [InlineData("and once more for the next loss", "10 fed; 20 gone; 20 fed; 20 gone", "11.0 Lost, 18.0 End, 35.0 Back, 51.0 Lost, 58.0 End")]
    [InlineData("gone since before the start: it watches", "300 gone", "1.0 Lost")]
    [InlineData("gone at the start, fed, gone", "60 gone; 20 fed; 20 gone", "1.0 Lost, 65.0 Back, 81.0 Lost, 88.0 End")]
    [InlineData("a full battery", "60 fed 90; 600 gone 80", "61.0 Lost")]
    [InlineData("a battery runs down", "60 fed 90; 60 gone 50; 60 gone 11; 60 gone 10", "61.0 Lost, 180.0 End")]
    [InlineData("an empty battery from the start", "300 gone 5", "1.0 Lost")]
    public void A_supply_has_its_timeline(string name, string supply, string expected)
    {
        var (policy, at, until, steps) = (new PowerPolicy(TimeSpan.FromSeconds(8)), 0.0, 0.0, new List<string>());
        foreach (var words in supply.Split("; ").Select(part => part.Split(' ')))
        {
            until += Number(words[0]);
            for (; at < until - 1e-9; at += 0.2)
            {
                var step = policy.Step(
                    TimeSpan.FromSeconds(Math.Round(at, 1)), words[1] == "gone", words.Length > 2 ? Number(words[2]) : null);
                if (step != PowerStep.None) steps.Add(string.Create(CultureInfo.InvariantCulture, $"{at:0.0} {step}"));
            }
        }

        Assert.Equal((name, expected), (name, string.Join(", ", steps)));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
