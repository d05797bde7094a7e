using DriverMonitor.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Vision;

/// <summary>Says which models run, and keeps them for the day on which the disk loses some.</summary>
/// <param name="fault">Why the settings' own models are not the ones that run; null if they are.</param>
internal sealed partial class ModelBackup(VisionSettings settings, KeptModels kept, string? fault, ILogger<ModelBackup> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => fault is null
        ? Task.Run(Keep, stoppingToken)
        : Task.Run(() => LogFallback(fault), stoppingToken);

    private void Keep()
    {
        try
        {
            if (kept.Keep(ModelStore.Open(settings))) LoaderMemory.Release();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ModelException or ConfigurationException)
        {
            LogNotKept(e.Message.ReplaceLineEndings(" "));
        }
    }

    [LoggerMessage(LogLevel.Error, "{Fault} Until then the models that ran here before are used.")]
    private partial void LogFallback(string fault);

    [LoggerMessage(LogLevel.Warning, "The models that run are not kept for a day on which the disk loses some: {Reason}")]
    private partial void LogNotKept(string reason);
}
