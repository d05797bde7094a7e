using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>What a raised voice adds to stress and anger: at most as much as the other senses said before it.</summary>
internal static class VoiceEvidence
{
    /// <param name="raised">0..1, against the person's own.</param>
    /// <param name="weight">Log-odds of 1.</param>
    /// <param name="others">Log-odds that face and pulse have added to the base rate.</param>
    /// <returns>Log-odds, never below 0; its line is in <paramref name="why"/>.</returns>
    public static double Add(in Cue raised, double weight, double others, Explanation why)
    {
        var said = Math.Min(weight * raised.Belief * (raised.Value ?? 0), others);
        if (!(said > 0)) return 0;
        why.Add(new("voice", raised.Value, "", 0, raised.Value!.Value, weight, raised.Belief, said));
        return said;
    }
}
