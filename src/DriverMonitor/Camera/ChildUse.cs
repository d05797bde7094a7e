namespace DriverMonitor.Camera;

/// <summary>What a child gives, for its messages and its pipe.</summary>
/// <param name="Device">Whose command it is.</param>
/// <param name="Gives">What it writes.</param>
/// <param name="PipeBytes">Room of its pipe: what is written and not yet read.</param>
internal sealed record ChildUse(string Device, string Gives, int PipeBytes = 64 * 1024)
{
    /// <summary>A whole VGA or 540x960 picture in the pipe: fewer turns between the child and us.</summary>
    public static ChildUse Camera { get; } = new("camera", "pictures", 1 << 20);
}
