using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// Adds up what the fatigue cues say at one moment: weight times quality times evidence, capped by group, on the base
/// rate. Adding log-odds lets a missing cue drop out by itself and every cue's part be read off.
/// </summary>
public sealed class FatigueFormula(FatigueSettings settings)
{
    // Cues of a group stand together and groups in this order, because a cap scales the group's lines.
    private static readonly string[] Keys =
    [
        "perclos180",
        "perclos60",
        "blink_duration",
        "long_blinks",
        "blink_rate",
        "yawns",
        "nods",
        "hrv",
        "time_of_day",
        "time_on_task",
    ];

    private readonly double _base = LogOdds.Of(settings.BaseRate);
    private readonly CueSettings[] _cues = [.. Enum.GetValues<FatigueCue>().Select(c => settings[c])];

    /// <summary>Log-odds when nothing is known.</summary>
    public double Base => _base;

    /// <summary>The sum, with its lines.</summary>
    /// <param name="cues">What is known.</param>
    /// <param name="why">Takes the lines.</param>
    /// <param name="slowSpeech">Slow, flat, long-paused speech in z; default where no microphone listens.</param>
    /// <param name="co2Ppm">Carbon dioxide of the cab's air: context beside cues of the driver, and nothing without them.</param>
    public RawScore Evaluate(in FatigueCues cues, Explanation why, in Cue slowSpeech = default, double? co2Ppm = null)
    {
        why.Begin(_base);
        var sum = new Sum(_base);
        Group(in cues, FatigueCue.Perclos180, FatigueCue.BlinkRateAbsZ, settings.EyeCap, why, ref sum);
        Group(in cues, FatigueCue.Yawns10, FatigueCue.Yawns10, settings.MouthCap, why, ref sum);
        Group(in cues, FatigueCue.Nods5, FatigueCue.Nods5, settings.HeadCap, why, ref sum);
        Group(in cues, FatigueCue.HrvDrowsyZ, FatigueCue.HrvDrowsyZ, settings.HeartCap, why, ref sum);
        bool observed = sum.Known > 0;
        Group(in cues, FatigueCue.ThreeProcessKss, FatigueCue.TimeOnTaskHours, settings.PriorCap, why, ref sum);
        AddVoice(in slowSpeech, why, ref sum);
        if (observed && co2Ppm is { } ppm) AddAir(ppm, why, ref sum);
        why.Settle();
        return new(sum.LogOdds, sum.Weight > 0 ? sum.Known / sum.Weight : 0, sum.Below, sum.Above, observed);
    }

    /// <summary>Its absence is no gap in what is known of the driver, so it enters the sum alone.</summary>
    private static void AddAir(double ppm, Explanation why, ref Sum sum)
    {
        double evidence = AirSettings.Evidence.At(ppm), said = AirSettings.Weight * evidence;
        if (said <= 0) return;
        sum.LogOdds += said;
        why.Add(new("co2", ppm, "ppm", null, evidence, AirSettings.Weight, 1, said));
    }

    private void Group(in FatigueCues cues, FatigueCue first, FatigueCue last, double cap, Explanation why, ref Sum sum)
    {
        int from = why.Lines.Length;
        double group = 0;
        for (var cue = first; cue <= last; cue++)
        {
            var (input, s) = (cues[cue], _cues[(int)cue]);
            double belief = input.Belief;
            sum.Add(s, belief);
            if (belief == 0)
            {
                why.UpdateMissing(Keys[(int)cue], input.Reason);
                continue;
            }

            double evidence = s.Curve.At(input.Value!.Value), said = s.Weight * belief * evidence;
            group += said;
            why.Add(new(Keys[(int)cue], input.Value, s.Unit, null, evidence, s.Weight, belief, said));
        }

        double capped = Math.Clamp(group, -cap, cap);
        if (capped != group) why.Scale(from, capped / group);
        sum.LogOdds += capped;
    }

    /// <summary>An optional sense: where it is silent or not fitted, nothing is missing.</summary>
    private void AddVoice(in Cue slow, Explanation why, ref Sum sum)
    {
        if (slow.Belief is not (> 0 and var belief)) return;
        var s = settings.VocalSlowingZ;
        double evidence = s.Curve.At(slow.Value!.Value), said = s.Weight * belief * evidence;
        if (said <= 0) return;
        sum.LogOdds += said;
        why.Add(new("slow_speech", slow.Value, s.Unit, 0, evidence, s.Weight, belief, said));
    }

    private struct Sum(double logOdds)
    {
        public double LogOdds = logOdds, Known, Weight, Below, Above;

        // Half of what a missing cue could say: that all of them err the same way is unlikely.
        public void Add(CueSettings cue, double belief)
        {
            Weight += cue.Weight;
            Known += cue.Weight * belief;
            Below += 0.5 * cue.Weight * (1 - belief) * Math.Min(0, cue.Curve.Least);
            Above += 0.5 * cue.Weight * (1 - belief) * Math.Max(0, cue.Curve.Most);
        }
    }
}
