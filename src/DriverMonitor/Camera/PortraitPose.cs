namespace DriverMonitor.Camera;

/// <summary>What the scripted face does in one picture.</summary>
/// <param name="EyesShut">0 open to 1 shut.</param>
/// <param name="MouthOpen">0 as in the portrait to 1, a full yawn.</param>
/// <param name="YawDegrees">+ to the driver's right.</param>
/// <param name="PitchDegrees">+ up.</param>
internal readonly record struct PortraitPose(double EyesShut, double MouthOpen, double YawDegrees, double PitchDegrees);
