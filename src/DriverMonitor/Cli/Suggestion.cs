namespace DriverMonitor.Cli;

/// <summary>The known word that was probably meant by an unknown one. Pure.</summary>
internal static class Suggestion
{
    /// <summary>The nearest of the known words; null where none is near enough to be meant.</summary>
    public static string? For(string typed, IEnumerable<string> known)
    {
        var nearest = known
            .Select(word => (Word: word, Distance: Distance(typed.ToLowerInvariant(), word.ToLowerInvariant())))
            .Where(one => one.Distance <= Most(typed, one.Word))
            .OrderBy(one => one.Distance)
            .ThenBy(one => one.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Word;
    }

    /// <summary>A slip or two; of a word's beginning, all that was not typed.</summary>
    private static int Most(string typed, string word)
    {
        var letters = typed.TrimStart('-').Length;
        return letters >= 3 && word.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? int.MaxValue
            : letters <= 2 ? 0
            : letters <= 4 ? 1
            : 2;
    }

    /// <summary>Letters put in, left out, replaced or exchanged with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        for (var j = 1; j <= b.Length; j++)
        {
            var replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i, j] = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
        }

        return cost[a.Length, b.Length];
    }
}
