using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Scoring;

public class ActionUnitTests
{
    // Shares of the distance between the outer eye corners, near an adult's.
    private static readonly FaceShape Rest = new()
    {
        InnerBrowHeight = 0.25, BrowGap = 0.28, LidGap = 0.11, LowerLidDrop = 0.045, NoseWingDrop = 0.45, UpperLipDrop = 0.17,
        MouthCornerLift = 0, MouthWidth = 0.55, ChinDrop = 0.38, LipHeight = 0.20, LipGap = 0.01,
    };

    public static TheoryData<string, FaceShape, string> Faces() => new()
    {
        { "at rest", Rest, "" },
        { "a frown", Rest with { InnerBrowHeight = 0.20, BrowGap = 0.24 }, "brow 0.74" },
        { "raised brows", Rest with { InnerBrowHeight = 0.33 }, "" },
        { "wide eyes", Rest with { LidGap = 0.14 }, "lid up 0.90" },
        { "a squint", Rest with { LidGap = 0.08, LowerLidDrop = 0.03 }, "lid tight 0.68" },
        { "a smile", Rest with { MouthCornerLift = 0.06, MouthWidth = 0.63, LipHeight = 0.17 }, "smile 0.90, lips 0.45" },
        { "pressed lips", Rest with { LipHeight = 0.15, LipGap = 0 }, "lips 0.75" },
        { "an open mouth stretches lips, not anger", Rest with { LipHeight = 0.14, ChinDrop = 0.33, LipGap = 0.20 }, "part 0.86" },
        { "a chin pushed up", Rest with { ChinDrop = 0.34 }, "chin 0.72" },
        { "a sneer", Rest with { NoseWingDrop = 0.42, UpperLipDrop = 0.14 }, "nose 0.68, upper lip 0.68" },
        { "nonsense", Rest with { BrowGap = double.NaN, LipGap = double.NaN }, "" },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public void Distances_against_the_face_at_rest_are_movements(string name, FaceShape face, string expected)
    {
        var au = ActionUnitMapper.Map(in face, in Rest);
        (string Name, double Value)[] all =
        [
            ("brow", au.BrowLowering),
            ("lid up", au.LidRaising),
            ("lid tight", au.LidTightening),
            ("nose", au.NoseWrinkling),
            ("upper lip", au.UpperLipRaising),
            ("smile", au.Smiling),
            ("chin", au.ChinRaising),
            ("lips", au.LipPressing),
            ("part", au.LipsParting),
        ];
        string actual = string.Join(
            ", ", all.Where(u => u.Value > 0.005).Select(u => FormattableString.Invariant($"{u.Name} {u.Value:0.00}")));
        Assert.True(expected == actual, $"{name}: {actual}");
    }

    [Fact]
    public void What_is_usual_for_a_person_is_nothing()
    {
        var usual = new ActionUnits { BrowLowering = 0.4, ChinRaising = 1 };
        var above = new ActionUnits { BrowLowering = 0.7, Smiling = 0.3, ChinRaising = 1 }.Above(in usual);
        Assert.Equal((0.5, 0.3, 0.0), (Math.Round(above.BrowLowering, 12), above.Smiling, above.ChinRaising));
        Assert.Equal(0, new ActionUnits { BrowLowering = 0.3 }.Above(in usual).BrowLowering);
    }

    [Fact]
    public void The_face_at_rest_is_learned_in_ten_seconds_and_outliers_do_not_matter()
    {
        var neutral = new NeutralFace();
        var yawn = Rest with { LipGap = 0.5, ChinDrop = 0.6 };
        for (int frame = 0; frame < 15 * 20; frame++)
        {
            if (frame == 15 * 9) Assert.Null(neutral.Neutral);
            var face = frame % 4 == 0 ? yawn : Rest with { BrowGap = 0.28 + 0.001 * (frame % 5 - 2) };
            neutral.Learn(TimeSpan.FromSeconds(frame / 15.0), in face);
        }

        Assert.Equal((0.01, 0.38), (neutral.Neutral!.Value.LipGap, neutral.Neutral.Value.ChinDrop));
        Assert.Equal(0.28, neutral.Neutral.Value.BrowGap, 0.002);
        neutral.Reset();
        Assert.Null(neutral.Neutral);
    }
}
