namespace DriverMonitor.Web.Aim;

/// <summary>Where the driver's face was when the camera was aimed well: what later drift is measured against.</summary>
/// <param name="CentreX">Of the face, in shares of the picture's width from its left.</param>
/// <param name="CentreY">In shares of its height from its top.</param>
/// <param name="EyeShare">Between the outer corners of the eyes, in shares of the picture's width.</param>
/// <param name="YawDegrees">Of the head, as the camera sees it.</param>
/// <param name="PitchDegrees">Of the head, as the camera sees it.</param>
internal sealed record AimReference(double CentreX, double CentreY, double EyeShare, double YawDegrees, double PitchDegrees)
{
    /// <summary>
    /// Drivers who take turns sit higher and lower, nearer and farther: a face moves by less than these between them (engineering
    /// judgement), a camera that was pushed by more.
    /// </summary>
    private const double MostShift = 0.2, MostGrowth = 1.5, MostTurn = 15;

    /// <summary>When it was saved, by the device's clock.</summary>
    public DateTimeOffset Saved { get; init; }

    /// <summary>Numbers that can be; what was read from a disk may be anything.</summary>
    public bool IsSound() => CentreX is >= 0 and <= 1 && CentreY is >= 0 and <= 1 && EyeShare is > 0 and <= 1
        && Math.Abs(YawDegrees) <= 180 && Math.Abs(PitchDegrees) <= 180;

    /// <summary>Whether the camera has been moved since.</summary>
    public bool IsFarFrom(AimReference now) =>
        Math.Abs(now.CentreX - CentreX) > MostShift || Math.Abs(now.CentreY - CentreY) > MostShift
        || now.EyeShare > MostGrowth * EyeShare || EyeShare > MostGrowth * now.EyeShare
        || Math.Abs(now.YawDegrees - YawDegrees) > MostTurn || Math.Abs(now.PitchDegrees - PitchDegrees) > MostTurn;
}

/// <summary>How the camera stands, against how it was aimed.</summary>
internal enum AimState
{
    /// <summary>Nobody has aimed it to the end.</summary>
    NotAimed,

    /// <summary>The driver has not been seen for long enough to say.</summary>
    NotYetKnown,

    AsAimed,
    Moved,
}
