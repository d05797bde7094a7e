namespace DriverMonitor.Camera;

/// <summary>What the camera gave: a picture, silence (no picture for a while), or the end of the recording.</summary>
/// <param name="Frame">The picture, to be given back with <see cref="CameraFeed.Return"/>; null for silence and end.</param>
/// <param name="At">Time since the start: of the picture on its source's clock, of silence on ours.</param>
/// <param name="IsEnd">No picture will follow.</param>
internal readonly record struct FeedItem(Frame? Frame, TimeSpan At, bool IsEnd);
