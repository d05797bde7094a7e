namespace DriverMonitor.Core.Signals;

/// <summary>
/// A palm, measured from the middle of the driver's eyes in faces (the longer side of the mesh) and turned with the head.
/// </summary>
/// <param name="Score">How sure the detector is, 0..1.</param>
/// <param name="Aside">To the right of an unmirrored picture; negative to its left.</param>
/// <param name="Below">Towards the chin and on.</param>
/// <param name="Size">Width of the palm.</param>
public readonly record struct HandReading(double Score, double Aside, double Below, double Size);

/// <summary>The driver's hands in one picture in which somebody looked for them; the surer one first.</summary>
public readonly record struct HandsReading(HandReading? First, HandReading? Second);
