using System.Text.Json;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rates;

/// <summary>
/// One hour of one vehicle: how long it drove, how much of that could be judged, and what was warned of. Counted anew from its
/// events it only grows: what was erased or taken away meanwhile stays counted.
/// </summary>
internal sealed class HourOfDriving
{
    /// <summary>Name of the time in which any state could be judged.</summary>
    public const string Any = "any";

    private const int LongestSeconds = 3_600;

    /// <summary>Seconds, 0 to 3,600.</summary>
    public int DrivenS { get; private set; }

    /// <summary>Seconds by kind.</summary>
    public SortedDictionary<string, int> JudgedS { get; private init; } = [];

    public SortedDictionary<string, int> Raised { get; private init; } = [];

    public SortedDictionary<string, int> Disputed { get; private init; } = [];

    public static HourOfDriving Read(int drivenS, string judged, string raised, string disputed) => new()
    {
        DrivenS = drivenS, JudgedS = Counts(judged), Raised = Counts(raised), Disputed = Counts(disputed),
    };

    /// <summary>The part of a trip that lies in this hour.</summary>
    /// <param name="judged">Kind and share of the trip, 0 to 1.</param>
    public void AddTrip(TimeSpan part, IReadOnlyDictionary<string, double> judged)
    {
        var seconds = Math.Clamp((int)part.TotalSeconds, 0, LongestSeconds - DrivenS);
        DrivenS += seconds;
        foreach (var (kind, share) in judged) Add(JudgedS, kind, (int)Math.Round(seconds * share));
        if (judged.Count > 0) Add(JudgedS, Any, (int)Math.Round(seconds * judged.Values.Max()));
    }

    public void AddAlerts(EventType type, EventKind kind, int count) =>
        Add(type == EventType.Disputed ? Disputed : Raised, Names.Of(kind), count);

    /// <summary>Of each figure the larger.</summary>
    public void KeepAtLeast(HourOfDriving before)
    {
        DrivenS = Math.Max(DrivenS, before.DrivenS);
        foreach (var (mine, theirs) in ((SortedDictionary<string, int>, SortedDictionary<string, int>)[])
            [(JudgedS, before.JudgedS), (Raised, before.Raised), (Disputed, before.Disputed)])
        {
            foreach (var (kind, count) in theirs) mine[kind] = Math.Max(count, mine.GetValueOrDefault(kind));
        }
    }

    public static string Json(SortedDictionary<string, int> counts) => JsonSerializer.Serialize(counts);

    private static void Add(SortedDictionary<string, int> counts, string kind, int count) =>
        counts[kind] = counts.GetValueOrDefault(kind) + count;

    private static SortedDictionary<string, int> Counts(string json) =>
        JsonSerializer.Deserialize<SortedDictionary<string, int>>(json) ?? [];
}
