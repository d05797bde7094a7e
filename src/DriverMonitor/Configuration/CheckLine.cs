namespace DriverMonitor.Configuration;

/// <summary>One line of <c>drivermonitor check</c>.</summary>
/// <param name="Part">What was looked at, such as <c>gpio</c>.</param>
/// <param name="Ok">Whether the service could do its work with it.</param>
/// <param name="Text">What was found, and what to do if it is not well; one line.</param>
internal sealed record CheckLine(string Part, bool Ok, string Text)
{
    public override string ToString() => $"{(Ok ? "ok  " : "FAIL")}  {Part,-14} {Text}";
}
