namespace DriverMonitor.Core.Faces;

/// <summary>
/// Movements of the face as the facial action coding system numbers them, each 0 (the person at rest) to 1 (as far as
/// it goes). Movements, not feelings.
/// </summary>
public readonly record struct ActionUnits
{
    /// <summary>AU4: brows down and together.</summary>
    public double BrowLowering { get; init; }

    /// <summary>AU5: upper lid up.</summary>
    public double LidRaising { get; init; }

    /// <summary>AU7: lower lid up, as in a squint.</summary>
    public double LidTightening { get; init; }

    /// <summary>AU9: nose wrinkled.</summary>
    public double NoseWrinkling { get; init; }

    /// <summary>AU10: upper lip up.</summary>
    public double UpperLipRaising { get; init; }

    /// <summary>AU12: mouth corners up and out, as in a smile.</summary>
    public double Smiling { get; init; }

    /// <summary>AU17: chin pushed up.</summary>
    public double ChinRaising { get; init; }

    /// <summary>AU23 and AU24 together, which the lips' height alone cannot part: lips tightened or pressed.</summary>
    public double LipPressing { get; init; }

    /// <summary>AU25 and AU26: lips apart, jaw down.</summary>
    public double LipsParting { get; init; }

    /// <summary>What is left of each movement above what is usual for this person.</summary>
    public ActionUnits Above(in ActionUnits usual) => new()
    {
        BrowLowering = Excess(BrowLowering, usual.BrowLowering),
        LidRaising = Excess(LidRaising, usual.LidRaising),
        LidTightening = Excess(LidTightening, usual.LidTightening),
        NoseWrinkling = Excess(NoseWrinkling, usual.NoseWrinkling),
        UpperLipRaising = Excess(UpperLipRaising, usual.UpperLipRaising),
        Smiling = Excess(Smiling, usual.Smiling),
        ChinRaising = Excess(ChinRaising, usual.ChinRaising),
        LipPressing = Excess(LipPressing, usual.LipPressing),
        LipsParting = Excess(LipsParting, usual.LipsParting),
    };

    private static double Excess(double now, double usual) => usual < 1 ? Math.Clamp((now - usual) / (1 - usual), 0, 1) : 0;
}
