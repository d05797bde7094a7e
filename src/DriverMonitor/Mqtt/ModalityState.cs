using DriverMonitor.Core.Events;

namespace DriverMonitor.Mqtt;

/// <summary>
/// One word for a sense, written by the loop and read by the link. A fault stands until its own recovery is reported; while
/// several stand, the worst of them is said.
/// </summary>
/// <param name="wordOf">What a status says of this sense; null where it says nothing of it.</param>
internal sealed class ModalityState(Func<StatusFact, string?> wordOf)
{
    private const string Ok = "ok";

    /// <summary>Nothing came yet; with no strap configured nothing ever will.</summary>
    private const string Unknown = "unknown";

    /// <summary>The driver withdrew it; "off" alone is a strap that is not worn.</summary>
    private const string Disabled = "disabled";

    /// <summary>A sense that is switched off on purpose can be nothing else; a poor one can still be used.</summary>
    private static readonly string[] WorstFirst = ["asleep", "lost", "off", "frozen", "covered", "poor"];

    private readonly List<StatusFact> _standing = [];
    private bool _isWithdrawn;
    private bool _wasObserved;
    private volatile string _word = Unknown;

    public string Word => _word;

    /// <summary>Something was observed. A gap is over with that; whatever else stands, stands.</summary>
    /// <returns>Whether the word changed, as from the others.</returns>
    public bool Observe()
    {
        if (_wasObserved && !_standing.Exists(IsInterruption)) return false;
        _wasObserved = true;
        _standing.RemoveAll(IsInterruption);
        return Update();
    }

    public bool Handle(StatusFact fact)
    {
        if (wordOf(fact) is null || _standing.Contains(fact)) return false;
        _standing.Add(fact);
        return Update();
    }

    public bool Recover(StatusFact fact)
    {
        if (wordOf(fact) is null) return false;
        _standing.Remove(fact);
        // What recovers works, seen or not.
        _wasObserved = true;
        return Update();
    }

    /// <summary>A sense that is granted again is unknown until it is observed, unless it is known to be at fault.</summary>
    public bool Allow(bool isAllowed)
    {
        if (_isWithdrawn == isAllowed) (_isWithdrawn, _wasObserved) = (!isAllowed, false);
        return Update();
    }

    private static bool IsInterruption(StatusFact fact) => fact.Kind == StatusKind.StreamInterrupted;

    private bool Update()
    {
        var standing = WorstFirst.FirstOrDefault(word => _standing.Exists(fact => wordOf(fact) == word));
        var word = _isWithdrawn ? Disabled : standing ?? (_wasObserved ? Ok : Unknown);
        if (word == _word) return false;
        _word = word;
        return true;
    }
}
