using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Vision;

/// <summary>What the models look at, and how often.</summary>
internal sealed record VisionSettings : IValidatableObject
{
    /// <summary>Folder with the models and their manifest; null looks beside the program.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>
    /// Public keys (PEM, P-256) of who may give this vehicle other models than the program's own; none believes nobody else.
    /// </summary>
    public string[] ModelKeys { get; init; } = [];

    /// <summary>Where the driver's face may be, in shares of the upright picture; keep passengers' seats outside.</summary>
    [Required] public SeatRegion Seat { get; init; } = new();

    /// <summary>Use the full-range detector: for faces more than two metres from the camera.</summary>
    public bool FarFace { get; init; }

    /// <summary>
    /// Run the expression model on every n-th picture, twice a second at most; 1 runs it on every picture, 0 never runs or loads
    /// it.
    /// </summary>
    [Range(0, 1000)] public int ExpressionEvery { get; init; } = 5;

    /// <summary>
    /// Ask a second network about lids, brows and mouth, on the points that the mesh found; without it the lids' distance decides
    /// alone.
    /// </summary>
    public bool Blendshapes { get; init; } = true;

    /// <summary>
    /// Look for the driver's hands: at the ear, or before the chest where they hold what is read. Once a second, twice while lids
    /// or head are not as usual. Without it a look down with the head up is told as shut eyes.
    /// </summary>
    public bool Hands { get; init; } = true;

    /// <summary>Look for a phone in the driver's hand, as often as for hands. Experimental.</summary>
    public bool Phones { get; init; } = true;

    /// <summary>
    /// Entry of an operator's own network that looks for a phone, beside or in place of the built-in one; null for none. See
    /// models/README.md.
    /// </summary>
    public string? PhoneModel { get; init; }

    /// <summary>Entry of an operator's own network that looks for a worn seat belt; null for none.</summary>
    public string? SeatBeltModel { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (
            !(
                Seat.Left >= 0
                && Seat.Left < Seat.Right
                && Seat.Right <= 1
                && Seat.Top >= 0
                && Seat.Top < Seat.Bottom
                && Seat.Bottom <= 1))
            yield return new(
                "Vision:Seat must be a region inside the picture: 0 <= Left < Right <= 1 and 0 <= Top < Bottom <= 1.");
    }
}

/// <summary>A part of the picture in shares of its width and height, from the left and from the top.</summary>
internal sealed record SeatRegion
{
    /// <summary>Its left edge: 0 is the picture's left, 1 its right.</summary>
    public double Left { get; init; }

    /// <summary>Its upper edge: 0 is the picture's top, 1 its bottom.</summary>
    public double Top { get; init; }

    /// <summary>Its right edge.</summary>
    public double Right { get; init; } = 1;

    /// <summary>Its lower edge.</summary>
    public double Bottom { get; init; } = 1;

    public bool Holds(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;
}
