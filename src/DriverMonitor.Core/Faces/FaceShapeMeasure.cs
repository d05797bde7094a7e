using DriverMonitor.Core.Signals;
using static DriverMonitor.Core.Faces.FacePoints;

namespace DriverMonitor.Core.Faces;

/// <summary>Measures the face on the head held straight, in units of the distance between the outer eye corners.</summary>
public static class FaceShapeMeasure
{
    public static FaceShape? Of(in FaceLandmarks face, in Rotation head)
    {
        var ruler = new Ruler(face, head);
        if (ruler.Unit <= 0) return null;

        var lipGap = ruler.Between(UpperLipInner, LowerLipInner);
        return new FaceShape
        {
            InnerBrowHeight = (ruler.Below(LeftBrowMiddle, LeftUpperLid) + ruler.Below(RightBrowMiddle, RightUpperLid)) / 2,
            BrowGap = ruler.Between(LeftBrowInner, RightBrowInner),
            LidGap = (ruler.Between(LeftUpperLid, LeftLowerLid) + ruler.Between(RightUpperLid, RightLowerLid)) / 2,
            LowerLidDrop = (ruler.BelowMiddle(LeftEyeOuter, LeftEyeInner, LeftLowerLid) +
                            ruler.BelowMiddle(RightEyeInner, RightEyeOuter, RightLowerLid)) / 2,
            NoseWingDrop = (ruler.Below(NoseBridge, LeftNoseWing) + ruler.Below(NoseBridge, RightNoseWing)) / 2,
            UpperLipDrop = ruler.Below(NoseBase, UpperLipEdge),
            MouthCornerLift = ruler.BelowMiddle(MouthLeftCorner, MouthRightCorner, UpperLipInner),
            MouthWidth = ruler.Between(MouthLeftCorner, MouthRightCorner),
            ChinDrop = ruler.Below(LowerLipEdge, Chin),
            LipHeight = ruler.Between(UpperLipEdge, LowerLipEdge) - lipGap,
            LipGap = lipGap,
        };
    }

    private readonly ref struct Ruler(FaceLandmarks face, Rotation head)
    {
        private readonly FaceLandmarks _face = face;

        public double Unit { get; } = (head.Undo(face[RightEyeOuter]) - head.Undo(face[LeftEyeOuter])).Length;

        public double Between(int a, int b) => (Straight(a) - Straight(b)).Length / Unit;

        /// <summary>How far <paramref name="lower"/> lies below <paramref name="upper"/> on the upright head.</summary>
        public double Below(int upper, int lower) => (Straight(lower).Y - Straight(upper).Y) / Unit;

        public double BelowMiddle(int a, int b, int lower) => (Straight(lower).Y - (Straight(a).Y + Straight(b).Y) / 2) / Unit;

        private Point3 Straight(int point) => head.Undo(_face[point]);
    }
}
