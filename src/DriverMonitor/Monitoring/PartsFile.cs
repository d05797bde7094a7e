using System.Text.Json;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>
/// How the parts of the running service are, for <c>drivermonitor check</c>, which is a process of its own: a file in the
/// state folder, written when a part changes and gone when the service has stopped.
/// </summary>
internal sealed partial class PartsFile : IDisposable
{
    /// <summary>Its name in the state folder.</summary>
    public const string Name = "parts.json";

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly ILogger<PartsFile> _log;
    private Func<IReadOnlyList<PartState>> _failing = () => [];
    private bool _isClosed;

    public PartsFile(string folder, ILogger<PartsFile> log)
    {
        (_path, _log) = (Path.Combine(folder, Name), log);
        Update();
    }

    /// <summary>A part changed. Returns at once: it may be a part that the warning calls, and the disk may be slow.</summary>
    public void Update(Supervisor supervisor)
    {
        _failing = () => supervisor.Failing;
        Update();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            try
            {
                File.Delete(_path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whoever reads it finds that its process has ended.
            }
        }
    }

    private void Update() => _ = Task.Run(Write);

    private void Write()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            var parts = _failing().Select(part => new PartsReport.Part(
                part.Part.Name(), part.Condition == PartCondition.Down, part.Failures, part.Fault));
            var report = new PartsReport(ProcessIdentity.Own, [.. parts]);
            try
            {
                AtomicFile.Write(_path, file => JsonSerializer.Serialize(file, report));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogUnkept(_path, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How the parts are cannot be kept in {File}: {Why} 'check' does not know it.")]
    private partial void LogUnkept(string file, string why);
}
