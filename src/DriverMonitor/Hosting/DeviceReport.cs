using DriverMonitor.Files;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>Where one device says how it is: each change is one line of the log, and nothing is said twice.</summary>
/// <param name="changed">Told of each change, but not that it works at the start: nobody waited for that.</param>
internal sealed partial class DeviceReport(string name, ILogger log, Action<DeviceState> changed)
{
    private readonly Lock _gate = new();
    private DeviceState _state = new(name, IsWell: null, "not tried yet");

    public DeviceState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <param name="text">What was found.</param>
    public void ReportWell(string text) => Report(isWell: true, text);

    /// <param name="text">What is wrong, and what to do.</param>
    public void ReportLost(string text) => Report(isWell: false, text);

    /// <summary>It answers, and says that something is wrong.</summary>
    /// <param name="text">What is wrong, and what to do.</param>
    public void ReportTrouble(string text) => Report(isWell: false, text, answers: true);

    private void Report(bool isWell, string text, bool answers = false)
    {
        DeviceState was, now = new(name, isWell, ShownText.Line(text));
        lock (_gate)
        {
            was = _state;
            if (was.IsWell == isWell) return;
            _state = now;
        }

        if (isWell) LogWell(name, now.Text);
        else if (answers) LogTrouble(name, now.Text);
        else LogLost(name, now.Text);
        if (was.IsWell is not null || !isWell) changed(now);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Device {Name}: {Text}.")]
    private partial void LogWell(string name, string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Device {Name} is lost: {Text}. The rest goes on; retrying.")]
    private partial void LogLost(string name, string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Device {Name}: {Text}.")]
    private partial void LogTrouble(string name, string text);
}
