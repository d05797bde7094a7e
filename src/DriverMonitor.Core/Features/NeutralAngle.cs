namespace DriverMonitor.Core.Features;

/// <summary>
/// Where an angle mostly is: the direction of the road as this camera sees this driver. A camera stands to the side, so
/// zero means nothing; but before anything is known, zero is the best guess and is given some seconds' credit.
/// </summary>
public sealed class NeutralAngle
{
    private const double Limit = 90;
    private const int Bins = 90;

    // openpilot forgets its pose baseline over six minutes.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(6);

    private readonly DecayingHistogram _angles = new(-Limit, Limit, Bins, Memory);
    private readonly double _width;
    private TimeSpan _next;
    private TimeSpan _learned;

    /// <param name="width">How far around the neutral the angle wanders in ordinary driving, in degrees.</param>
    /// <param name="credit">For how long zero is believed against what is seen.</param>
    public NeutralAngle(double width, TimeSpan credit)
    {
        _width = width;
        _angles.Add(-1, credit / 2);
        _angles.Add(1, credit / 2);
    }

    public double Degrees { get; private set; }

    /// <summary>Time learned from, credit not counted.</summary>
    public TimeSpan Learned => _learned;

    public void Learn(double degrees, TimeSpan lasting)
    {
        _angles.Add(degrees, lasting);
        _learned += lasting;
        if (_learned < _next) return;
        Degrees = _angles.Densest(_width).Value;
        // Quick at first, then twice a second.
        _next = _learned + (_learned < TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(0.1) : TimeSpan.FromSeconds(0.5));
    }
}
