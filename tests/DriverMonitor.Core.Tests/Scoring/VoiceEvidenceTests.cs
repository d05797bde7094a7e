using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Scoring;

/// <summary>A raised voice confirms what face and pulse say, and never decides.</summary>
public sealed class VoiceEvidenceTests
{
    //   heart rate z, face 0..1, voice 0..1      what the voice adds, log-odds
    [Theory]
    [InlineData(null, null, 1.0, 0)]
    [InlineData(0.0, 0.0, 1.0, 0)]
    [InlineData(-2.0, null, 1.0, 0)]
    [InlineData(0.2, null, 1.0, 0.192)]
    [InlineData(2.0, null, 1.0, 0.6)]
    [InlineData(2.0, null, 0.5, 0.3)]
    [InlineData(2.0, null, null, 0)]
    [InlineData(null, 0.3, 1.0, 0.3)]
    public void Stress(double? heart, double? face, double? voice, double added)
    {
        var cues = new StressCues { HeartRateZ = Known(heart), Face = Known(face), Voice = Known(voice) };
        var (with, why) = (new StressFormula(new()), new Explanation());
        var heard = with.Evaluate(in cues, why);
        Assert.Equal(added, heard.LogOdds - with.Evaluate(cues with { Voice = default }, new()).LogOdds, 9);
        Assert.Equal(heard.LogOdds, why.Total, 9);
        Assert.Equal(heard.Coverage, with.Evaluate(cues with { Voice = default }, new()).Coverage);
    }

    //   lips 0..1, heart rate z, voice 0..1      what the voice adds, log-odds
    [Theory]
    [InlineData(0.0, null, 1.0, 0)]
    [InlineData(0.0, -1.0, 1.0, 0)]
    [InlineData(0.0, 0.4, 1.0, 0.2)]
    [InlineData(0.1, null, 1.0, 0.6)]
    [InlineData(0.5, 1.0, 1.0, 0.8)]
    [InlineData(0.5, 1.0, null, 0)]
    public void Anger(double lips, double? heart, double? voice, double added)
    {
        var formula = new AngerFormula(new());
        var face = new AngerEvidence(0, 0, lips, 0, 0, 1);
        var why = new Explanation();
        var heard = formula.Evaluate(face, Known(heart), 0, why, Known(voice));
        Assert.Equal(added, heard.LogOdds - formula.Evaluate(face, Known(heart), 0, new()).LogOdds, 9);
        Assert.Equal(heard.LogOdds, why.Total, 9);
    }

    private static Cue Known(double? value) => value is { } v ? Cue.Of(v) : default;
}
