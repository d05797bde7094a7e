namespace DriverMonitor.Vision;

/// <summary>
/// What reading one picture took, in all that belongs to each step; zero for a step that the picture did not need.
/// </summary>
/// <param name="Detection">Looking for faces in the whole picture.</param>
/// <param name="Landmarks">Laying the mesh over the face, a second time where the first was lost.</param>
/// <param name="Expression">Reading the expression.</param>
internal readonly record struct FaceTimes(TimeSpan Detection, TimeSpan Landmarks, TimeSpan Expression);
