using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>Adds up what heart, skin and face say about arousal at one moment.</summary>
public sealed class StressFormula(StressSettings settings)
{
    // How far a heart figure that is missing or doubtful might stand from normal, in z; for the interval only.
    private const double UnseenZ = 2;

    /// <summary>Log-odds when nothing is known.</summary>
    public double Base { get; } = LogOdds.Of(settings.BaseRate);

    public static StressTier TierOf(in StressCues cues) =>
        cues.HeartRateZ.IsPresent && cues.LnRmssdZ.IsPresent
            ? cues.SkinConductanceZ.IsPresent ? StressTier.IntervalsAndSkin : StressTier.Intervals
            : cues.HeartRateZ.IsPresent ? StressTier.RateOnly
            : cues.Face.IsPresent ? StressTier.FaceOnly
            : StressTier.None;

    /// <summary>Most confidence that what is known allows, with the quality of its windows.</summary>
    public double Confidence(in StressCues cues) => TierOf(in cues) switch
    {
        StressTier.IntervalsAndSkin => settings.IntervalsAndSkinConfidence * cues.LnRmssdZ.Belief,
        StressTier.Intervals => settings.IntervalsConfidence * cues.LnRmssdZ.Belief,
        StressTier.RateOnly => settings.RateOnlyConfidence * cues.HeartRateZ.Belief,
        StressTier.FaceOnly => settings.FaceOnlyConfidence * cues.Face.Belief,
        _ => 0,
    };

    /// <summary>
    /// The sum, with its lines written into <paramref name="why"/>; the cap of a rate alone is not yet applied.
    /// </summary>
    public RawScore Evaluate(in StressCues cues, Explanation why)
    {
        why.Begin(Base);
        var sum = new Sum(Base, settings.Gain, why);
        var tier = TierOf(in cues);
        if (tier >= StressTier.Intervals)
        {
            sum.Add("heart_rate", cues.HeartRateZ, settings.HeartRateWeight);
            sum.Add("hrv", cues.LnRmssdZ, -settings.LnRmssdWeight);
            sum.Add("stress_index", cues.SqrtStressIndexZ, settings.SqrtStressIndexWeight);
            sum.Add("skin_conductance", cues.SkinConductanceZ, settings.SkinConductanceWeight);
        }
        else
        {
            var clamped = cues.HeartRateZ.IsPresent
                ? cues.HeartRateZ with { Value = Math.Clamp(cues.HeartRateZ.Value!.Value, -1, 4) } : cues.HeartRateZ;
            sum.Add("heart_rate", clamped, settings.RateOnlyWeight);
            why.UpdateMissing("hrv", cues.LnRmssdZ.Reason);
        }

        AddFace(cues.Face, ref sum, why);
        sum.LogOdds += VoiceEvidence.Add(cues.Voice, settings.VoiceWeight, sum.LogOdds - Base, why);
        why.Settle();
        return new(sum.LogOdds, Confidence(in cues), sum.Below, sum.Above, tier != StressTier.None);
    }

    private void AddFace(in Cue face, ref Sum sum, Explanation why)
    {
        double belief = face.Belief;
        sum.Below += 0.5 * (1 - belief) * settings.FaceLeast;
        sum.Above += 0.5 * (1 - belief) * settings.FaceMost;
        if (belief == 0)
        {
            why.UpdateMissing("face", face.Reason);
            return;
        }

        double said = Math.Clamp(settings.FaceWeight * belief * face.Value!.Value, settings.FaceLeast, settings.FaceMost);
        sum.LogOdds += said;
        why.Add(new("face", face.Value, "", null, face.Value.Value, settings.FaceWeight, belief, said));
    }

    private struct Sum(double logOdds, double gain, Explanation why)
    {
        public double LogOdds = logOdds, Below, Above;

        // A z enters whole, however short its window: quality shows in confidence and interval.
        public void Add(string key, in Cue cue, double weight)
        {
            double unseen = 0.5 * Math.Abs(gain * weight) * (1 - cue.Belief) * UnseenZ;
            Below -= unseen;
            Above += unseen;
            if (!cue.IsPresent)
            {
                why.UpdateMissing(key, cue.Reason);
                return;
            }

            double z = cue.Value!.Value, said = gain * weight * z;
            LogOdds += said;
            why.Add(new(key, z, "z", 0, z, weight, cue.Belief, said));
        }
    }
}
