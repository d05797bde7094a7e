using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// Why a score is what it is: lines whose log-odds, added to the base rate's, give the score's exactly. Filled anew at
/// each step in place, so read or copy it before the next.
/// </summary>
public sealed class Explanation
{
    private const int Room = 24;

    private readonly Contribution[] _lines = new Contribution[Room];
    private readonly Limit[] _limits = new Limit[Room];
    private int _lineCount, _limitCount;

    /// <summary>Log-odds before any cue spoke.</summary>
    public double Base { get; private set; }

    /// <summary>The lines; after <see cref="Settle"/> the strongest first.</summary>
    public ReadOnlySpan<Contribution> Lines => _lines.AsSpan(0, _lineCount);

    /// <summary>What could not be taken into account.</summary>
    public ReadOnlySpan<Limit> Limits => _limits.AsSpan(0, _limitCount);

    /// <summary>Base and lines together.</summary>
    public double Total
    {
        get
        {
            double sum = Base;
            foreach (ref readonly var line in Lines) sum += line.LogOdds;
            return sum;
        }
    }

    /// <summary>A line's part of all that was said, 0..1, whichever way.</summary>
    public double Share(in Contribution line)
    {
        double all = 0;
        foreach (ref readonly var other in Lines) all += Math.Abs(other.LogOdds);
        return all > 0 ? Math.Abs(line.LogOdds) / all : 0;
    }

    internal void Begin(double baseLogOdds)
    {
        Base = baseLogOdds;
        _lineCount = _limitCount = 0;
    }

    internal void Add(in Contribution line) => _lines[_lineCount++] = line;

    internal void UpdateMissing(string cue, MissingReason reason) =>
        _limits[_limitCount++] = new(cue, reason == MissingReason.None ? MissingReason.NotMeasured : reason);

    /// <summary>Shrinks the lines from <paramref name="from"/> on, when a group of cues was capped.</summary>
    internal void Scale(int from, double factor)
    {
        for (int i = from; i < _lineCount; i++) _lines[i] = _lines[i] with { LogOdds = _lines[i].LogOdds * factor };
    }

    /// <summary>Adds what is left to <paramref name="total"/> as a line of its own.</summary>
    internal void Remainder(string cue, double total)
    {
        double rest = total - Total;
        if (Math.Abs(rest) > 1e-12) Add(Contribution.Arithmetic(cue, rest));
    }

    internal void Settle()
    {
        for (int i = 1; i < _lineCount; i++)
        {
            var line = _lines[i];
            int place = i;
            for (; place > 0 && Math.Abs(_lines[place - 1].LogOdds) < Math.Abs(line.LogOdds); place--)
                _lines[place] = _lines[place - 1];
            _lines[place] = line;
        }
    }
}
