using Microsoft.Extensions.Logging;

namespace DriverMonitor.Gpio;

/// <summary>The lamp beside the lens: lit before the camera opens, dark when it has closed.</summary>
/// <param name="line">Null where none is wired or the board is missing.</param>
internal sealed partial class CaptureLamp(FollowingLine? line, bool isRequired, ILogger<CaptureLamp> log)
{
    private readonly ILogger _log = log;
    private bool _failing;

    /// <summary>False only when the camera must stay off, because its lamp is required and cannot be lit.</summary>
    public bool TrySet(bool on)
    {
        if (line is null) return !isRequired || !on;
        var obeyed = line.TrySet(on);
        if (!obeyed && !_failing) LogFailed();
        _failing = !obeyed;
        return obeyed || !isRequired || !on;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The camera's lamp does not take commands: the driver cannot see whether the camera is on. Check its wiring and Gpio:CameraLampLine."
    )]
    private partial void LogFailed();
}
