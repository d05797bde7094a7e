using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>Adds up face and heart at one moment; the cap without a heart is not yet applied.</summary>
public sealed class AngerFormula(AngerSettings settings)
{
    /// <summary>Log-odds when nothing is known.</summary>
    public double Base { get; } = LogOdds.Of(settings.BaseRate);

    /// <param name="face">Null when there is none.</param>
    /// <param name="heartRateZ">Against the person's own.</param>
    /// <param name="fatigue">The fatigue score, 0..1.</param>
    /// <param name="why">Takes the lines.</param>
    /// <param name="voice">A raised voice, 0..1.</param>
    public RawScore Evaluate(AngerEvidence? face, Cue heartRateZ, double fatigue, Explanation why, in Cue voice = default)
    {
        why.Begin(Base);
        double gain = settings.FaceGain * (fatigue >= settings.TiredFrom ? 0.5 : 1);
        double sum = Base + AddFace(face, gain, why);
        double quality = face is { } f ? Math.Clamp(f.Quality, 0, 1) : 0;

        double below = 0, above = 0.25 * gain * (1 - quality), belief = heartRateZ.Belief;
        below += 0.5 * (1 - belief) * settings.HeartLeast;
        above += 0.5 * (1 - belief) * settings.HeartMost;
        if (belief > 0)
        {
            double z = heartRateZ.Value!.Value,
                said = Math.Clamp(settings.HeartGain * z, settings.HeartLeast, settings.HeartMost);
            sum += said;
            why.Add(new("heart_rate", z, "z", 0, z, settings.HeartGain, belief, said));
        }
        else
        {
            why.UpdateMissing("heart_rate", heartRateZ.Reason);
        }

        sum += VoiceEvidence.Add(voice, settings.VoiceWeight, sum - Base, why);
        why.Settle();
        double coverage = quality * (belief > 0 ? settings.FaceAndHeartConfidence : settings.FaceConfidence);
        return new(sum, coverage, below, above, face is not null);
    }

    private static double AddFace(AngerEvidence? face, double gain, Explanation why)
    {
        if (face is not { } seen)
        {
            why.UpdateMissing("face", MissingReason.NoFace);
            return 0;
        }

        double quality = Math.Clamp(seen.Quality, 0, 1), scale = gain * quality;
        Add("brows", seen.Brow);
        Add("lids", seen.Lid);
        Add("lips", seen.Lips);
        Add("lower_face", seen.Lower);
        Add("expression", seen.Classifier);
        return scale * seen.Brow + scale * seen.Lid + scale * seen.Lips + scale * seen.Lower + scale * seen.Classifier;

        void Add(string cue, double part)
        {
            if (part != 0) why.Add(new(cue, part, "", 0, part, gain, quality, scale * part));
        }
    }
}
