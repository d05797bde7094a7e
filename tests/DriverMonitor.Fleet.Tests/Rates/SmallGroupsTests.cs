using System.Globalization;
using DriverMonitor.Fleet.Rates;

namespace DriverMonitor.Fleet.Tests.Rates;

/// <summary>What may be shown, so that no figure and no difference of figures speaks of fewer than five vehicles.</summary>
public sealed class SmallGroupsTests
{
    private const long Monday = 1_764_547_200_000; // 2025-12-01

    //  "day group vehicles" of all cells                                what may be shown of them
    [Theory]
    [InlineData("0 a 5", "0a")]
    [InlineData("0 a 4", "")]
    // A group of three: together with the next smallest there are nine, of which nobody can tell the three.
    [InlineData("0 a 20, 0 b 6, 0 c 3", "0a")]
    [InlineData("0 a 20, 0 b 3, 0 c 2", "0a")]
    [InlineData("0 a 20, 0 b 3, 0 c 1", "")]
    // A day of three in a week: hidden with the smallest other day, or the week's sum would tell it.
    [InlineData("0 a 9, 1 a 8, 2 a 3", "0a")]
    [InlineData("0 a 9, 1 a 8, 2 a 0", "0a 1a")]
    // Days of another week have nothing to do with it.
    [InlineData("0 a 9, 1 a 3, 7 a 8", "7a")]
    // The same few vehicles on many days stay few.
    [InlineData("0 a 4, 1 a 4, 2 a 4, 3 a 9, 4 a 8", "3a")]
    public void Too_few_are_hidden_and_cannot_be_reckoned_back(string cells, string shown)
    {
        var all = cells.Split(", ").Select(cell => cell.Split(' ')).Select(cell => new GroupCell(
            Monday + (int.Parse(cell[0], CultureInfo.InvariantCulture) * TrendBucket.Day), cell[1],
            int.Parse(cell[2], CultureInfo.InvariantCulture))).ToList();

        var kept = SmallGroups.Shown(all, floor: 5).Where(cell => cell.Vehicles > 0)
            .OrderBy(cell => cell.Start).ThenBy(cell => cell.Group, StringComparer.Ordinal)
            .Select(cell => $"{(cell.Start - Monday) / TrendBucket.Day}{cell.Group}");

        Assert.Equal(shown, string.Join(' ', kept));
    }

    [Fact]
    public void Weeks_begin_on_Monday()
    {
        Assert.Equal(Monday, TrendBucket.WeekOf(Monday));
        Assert.Equal(Monday, TrendBucket.WeekOf(Monday + TrendBucket.Week - 1));
        Assert.Equal(DayOfWeek.Monday, DateTimeOffset.FromUnixTimeMilliseconds(TrendBucket.WeekOf(0)).DayOfWeek);
        Assert.Equal((Monday, Monday + TrendBucket.Week), TrendBucket.WholeWeeks(Monday + 5, Monday + TrendBucket.Week));
    }
}
