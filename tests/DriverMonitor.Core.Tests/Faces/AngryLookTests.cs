using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Faces;

public class AngryLookTests
{
    // neutral, happy, angry, disgusted, surprised of the expression model; brows, smile, press, sneer; what is made of them
    public static TheoryData<string, float[], float[], double, double> Faces => new()
    {
        { "both see anger", [0.1f, 0, 0.8f, 0.1f, 0], [0.7f, 0, 0.4f, 0.1f], 0.80, 0.90 },
        { "taken for sad, and scowls", [0, 0, 0.1f, 0, 0], [0.7f, 0, 0.2f, 0], 0.40, 0.50 },
        { "taken for neutral, and scowls a little: the model alone", [0.95f, 0, 0.03f, 0, 0], [0.4f, 0, 0, 0], 0.03, 0.05 },
        { "disgust, with the brows of anger: the model alone", [0.05f, 0, 0.1f, 0.85f, 0], [0.8f, 0, 0.1f, 0.8f], 0.10, 0.20 },
        { "smiles with low brows", [0, 0.98f, 0.01f, 0, 0], [0.3f, 0.8f, 0, 0.2f], 0, 0.01 },
        { "surprised", [0.02f, 0, 0.01f, 0, 0.97f], [0, 0.1f, 0, 0], 0, 0.01 },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public void Two_networks_make_one_figure(string face, float[] model, float[] moved, double least, double most)
    {
        var expression = new Expression(model[0], model[1], 0, model[2], 0, model[3], model[4]);
        var shapes = new Blendshapes(0, 0, 0, moved[0], 0, moved[1], moved[2], moved[3]);

        var fused = AngryLook.Fuse(expression, shapes).Angry;

        Assert.True(fused >= least - 1e-6 && fused <= most + 1e-6, $"{face}: {fused}");
        Assert.Equal(expression.Angry, AngryLook.Fuse(expression, null).Angry);
    }

    //  the mouth over time, and when the expression is withheld
    public static TheoryData<string, double[], string> Mouths => new()
    {
        { "a still of an open mouth", [0.6, 0.6, 0.6, 0.6], "...." },
        { "a yawn", [0.05, 0.3, 0.7, 0.75, 0.7, 0.72, 0.3, 0.05], "..####.." },
        { "a mouth that stays open is read in the end", [0.1, 0.6, 0.6, 0.6, 0.6, 0.6], ".####." },
        { "talk", [0.05, 0.2, 0.1, 0.25, 0.05], "....." },
    };

    [Theory]
    [MemberData(nameof(Mouths))]
    public void The_expression_is_withheld_only_while_a_wide_mouth_moves(string mouth, double[] seconds, string withheld)
    {
        var motion = new MouthMotion();
        var marks = seconds.Select((open, second) =>
        {
            motion.Update(TimeSpan.FromSeconds(second), open);
            return motion.IsWideAndMoving ? '#' : '.';
        });

        Assert.Equal((mouth, withheld), (mouth, new string([.. marks])));
    }
}
