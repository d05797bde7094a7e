using DriverMonitor.Camera;
using DriverMonitor.Drivers;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Voice;

namespace DriverMonitor.Monitoring;

/// <summary>What the judgement of a live drive sees and hears.</summary>
internal sealed record DriveInputs(
    CameraFactory Camera, FaceReader Reader, HeartInput Heart, VoiceInput Voice, IVehicle Vehicle, ConsentMonitor Consents,
    Requests Requests, TorsoWatch Torso, IEnumerable<ReadingSource> Sources);
