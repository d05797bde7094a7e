using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>Why an alert stands, how bad and how sure that is, and what could not be taken into account.</summary>
internal readonly record struct AlertExplanation(
    double Score, double Confidence, ImmutableArray<Reason> Why, ImmutableArray<MissingReason> Limits)
{
    // Eyes that are only held to be shut, or a glance that is only held to be away.
    public const double HeldConfidence = 0.4;

    private const int Most = 3;

    /// <summary>A timer ran out: what it measured, and the speed that its limit depends on.</summary>
    /// <param name="unseen">What is only held to be as it was when last seen.</param>
    public static AlertExplanation OfTimer(
        in Scene scene, double score, double confidence, MissingReason unseen, params ReadOnlySpan<Reason> measured)
    {
        var why = ImmutableArray.CreateBuilder<Reason>(Most);
        why.AddRange(measured);
        if (scene.Motion.SpeedKmh is { } speed) why.Add(new("speed", speed, null, "km/h"));
        Limit[] limits = scene.Motion.SpeedKmh is null ? [new("speed", MissingReason.SpeedUnknown)] : [];
        return new(score, confidence, why.ToImmutable(), Once(unseen, limits));
    }

    /// <summary>A score passed a step: its strongest reasons.</summary>
    public static AlertExplanation OfState(in StateScore state, Explanation why) =>
        new(state.P, state.Confidence, Strongest(why), Once(state.Limit, why.Limits));

    /// <summary>Measured facts that spoke for the state; what is only arithmetic explains nothing.</summary>
    private static ImmutableArray<Reason> Strongest(Explanation all)
    {
        var why = ImmutableArray.CreateBuilder<Reason>(Most);
        foreach (ref readonly var line in all.Lines)
        {
            if (line.Value is not { } value || line.LogOdds <= 0) continue;
            if (why.Count == Most) break;
            why.Add(new(line.Cue, value, null, line.Unit));
        }

        return why.ToImmutable();
    }

    private static ImmutableArray<MissingReason> Once(MissingReason first, ReadOnlySpan<Limit> limits)
    {
        var once = ImmutableArray.CreateBuilder<MissingReason>();
        if (first != MissingReason.None) once.Add(first);
        foreach (ref readonly var limit in limits)
            if (!once.Contains(limit.Reason)) once.Add(limit.Reason);
        return once.ToImmutable();
    }
}
