namespace DriverMonitor.Core.Events;

/// <summary>Everything that is said of one status in one place; every reader of statuses asks here.</summary>
/// <param name="Name">On the wire and in files; also the key of the page's words, and <c>do.NAME</c> that of its advice.</param>
/// <param name="Part">What it is a fault of; the page shows it there.</param>
/// <param name="Lasts">Its end is reported as <see cref="StatusKind.Recovered"/>; otherwise it is reported once and never
/// ends.</param>
/// <param name="Blinds">Whether anybody can watch the driver meanwhile.</param>
/// <param name="CameraWord">What the state on the wire says of the camera; null where it says nothing of it.</param>
/// <param name="HeartWord">What the state on the wire says of the strap; null where it says nothing of it.</param>
public sealed record StatusFact(
    StatusKind Kind,
    string Name,
    StatusPart Part,
    bool Lasts = true,
    Blindness Blinds = Blindness.None,
    string? CameraWord = null,
    string? HeartWord = null);

/// <summary>Why nobody watches the driver.</summary>
public enum Blindness
{
    None,

    /// <summary>No pictures come, which is also seen from their absence.</summary>
    NoPictures,

    /// <summary>Pictures come and show nothing of the driver.</summary>
    NothingToSee,
}
