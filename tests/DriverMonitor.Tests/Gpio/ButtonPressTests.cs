using System.Globalization;
using DriverMonitor.Gpio;

namespace DriverMonitor.Tests.Gpio;

public sealed class ButtonPressTests
{
    // When the contact changes (it is open before): "1.00 1.20" is down from 1.00 s until 1.20 s. Asked every 10 ms.
    [Theory]
    [InlineData("nobody presses", "", "")]
    [InlineData("a short press speaks when let go", "1.00 1.20", "1.23 Short")]
    [InlineData("a contact that bounces is one press", "1.00 1.01 1.02 1.03 1.04 1.30 1.31 1.32", "1.35 Short")]
    [InlineData("a spark is nothing", "1.00 1.02", "")]
    [InlineData("a dirty contact is one press", "1.00 1.40 1.41 1.80", "1.83 Short")]
    [InlineData("a long press speaks while held", "1.00 5.00", "3.00 Long")]
    [InlineData("two seconds all but a moment", "1.00 2.95", "2.98 Short")]
    [InlineData("two presses", "1.00 1.20 2.00 2.20", "1.23 Short, 2.23 Short")]
    [InlineData("long, then short", "1.00 3.50 4.00 4.20", "3.00 Long, 4.23 Short")]
    [InlineData("three quick presses", "1.00 1.20 1.40 1.60 1.80 2.00", "1.23 Short, 1.63 Short, 2.03 Triple")]
    [InlineData("three presses, the third too late", "1.00 1.20 1.90 2.10 2.90 3.10", "1.23 Short, 2.13 Short, 3.13 Short")]
    [InlineData(
        "the last three of four",
        "1.00 1.20 2.40 2.60 2.80 3.00 3.20 3.40",
        "1.23 Short, 2.63 Short, 3.03 Short, 3.43 Triple"
    )]
    [InlineData(
        "a fourth begins anew",
        "1.00 1.10 1.30 1.40 1.60 1.70 1.90 2.00",
        "1.13 Short, 1.43 Short, 1.73 Triple, 2.03 Short"
    )]
    [InlineData(
        "two quick ones and a long one",
        "1.00 1.10 1.30 1.40 1.60 4.00 4.20 4.30",
        "1.13 Short, 1.43 Short, 3.60 Long, 4.33 Short"
    )]
    [InlineData("stuck since the start, then let go", "0.00 4.00 5.00 5.10", "5.13 Short")]
    public void A_contact_becomes_presses(string story, string changes, string acts)
    {
        var edges = changes
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(at => (int)Math.Round(100 * double.Parse(at, CultureInfo.InvariantCulture)))
            .ToArray();
        var (press, heard) = (new ButtonPress(), new List<string>());
        for (var at = 0; at < 600; at++)
        {
            var act = press.Step(TimeSpan.FromMilliseconds(10 * at), pressed: edges.Count(edge => edge <= at) % 2 == 1);
            if (act != ButtonAct.None) heard.Add(string.Create(CultureInfo.InvariantCulture, $"{at / 100.0:0.00} {act}"));
        }

        Assert.Equal($"{story}: {acts}", $"{story}: {string.Join(", ", heard)}");
    }
}
