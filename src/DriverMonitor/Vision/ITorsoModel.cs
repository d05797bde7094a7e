using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>A network that looks at head, arms and lap a few times a second, off the pictures' deadline.</summary>
internal interface ITorsoModel : IDisposable
{
    OnnxModel Model { get; }

    /// <summary>Takes what it needs of a picture; nothing of it is used afterwards.</summary>
    void Prepare(Frame frame, PictureOrientation orientation, in FaceFrame face);

    /// <summary>Looks at what was prepared, on any thread. Throws <see cref="ModelException"/> if that is no answer.</summary>
    TorsoReading Run();
}
