namespace DriverMonitor.Fleet.Rates;

/// <summary>
/// Figures of too few vehicles are figures of persons. Such a cell is hidden; and if what is hidden in a stretch of time, or in a
/// week of days, would still be too few, the smallest shown cell is hidden, too, or a subtraction would bring it back.
/// </summary>
internal static class SmallGroups
{
    /// <param name="cells">Groups share no vehicle with each other; cells without a vehicle may be left out.</param>
    /// <param name="floor">Fewest vehicles that a figure may speak of.</param>
    /// <returns>Those that may be shown.</returns>
    public static IReadOnlySet<GroupCell> Shown(IReadOnlyCollection<GroupCell> cells, int floor)
    {
        HashSet<GroupCell> shown = [.. cells.Where(cell => cell.Vehicles >= floor)];
        foreach (var stretch in cells.GroupBy(cell => cell.Start)) HideMore(shown, [.. stretch], floor, hidden => hidden.Sum());
        // Vehicles of several days may be the same: the most of one day is all that is sure to be different.
        foreach (var week in cells.GroupBy(cell => (cell.Group, Week: TrendBucket.WeekOf(cell.Start))))
            HideMore(shown, [.. week], floor, hidden => hidden.Max());
        return shown;
    }

    private static void HideMore(
        HashSet<GroupCell> shown, IReadOnlyList<GroupCell> together, int floor, Func<IEnumerable<int>, int> size)
    {
        while (true)
        {
            var hidden = together.Where(cell => !shown.Contains(cell) && cell.Vehicles > 0).Select(cell => cell.Vehicles)
                .ToList();
            if (hidden.Count == 0 || size(hidden) >= floor) return;
            if (together.Where(shown.Contains).MinBy(cell => cell.Vehicles) is not { } smallest) return;
            shown.Remove(smallest);
        }
    }
}

/// <summary>One figure to be: a group of vehicles in a stretch of time.</summary>
/// <param name="Start">Unix milliseconds.</param>
/// <param name="Group">Empty where all vehicles are one group.</param>
/// <param name="Vehicles">How many there were.</param>
internal sealed record GroupCell(long Start, string Group, int Vehicles);
