using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Hosting;
using DriverMonitor.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Voice;

/// <summary>
/// Adds the microphone where the settings name one. The warning can do without: what is broken here is said once.
/// </summary>
internal static partial class VoiceRegistration
{
    public static void AddVoice(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<MicrophoneSettings>("Voice");
        var judgement = builder.AddSection<MonitorSettings>("Judgement");
        var vision = builder.AddSection<VisionSettings>("Vision");
        builder.Services.AddSingleton(services => Open(settings, judgement, vision, services));
        if (!settings.Enabled) return;
        builder.Services.AddPart(
            ServicePart.Microphone,
            services => services.GetRequiredService<VoiceInput>().Microphone is { } microphone
                ? stop => DedicatedThread.RunAsync(microphone.Run, stop)
                : _ => Task.CompletedTask);
    }

    private static VoiceInput Open(
        MicrophoneSettings settings, MonitorSettings judgement, VisionSettings vision, IServiceProvider services)
    {
        if (!settings.Enabled) return new(null);
        var log = services.GetRequiredService<ILogger<Microphone>>();
        try
        {
            var detector = new SpeechDetector(ModelStore.Open(vision));
            var reader = new SoundReader(detector, judgement.JudgesStress() || judgement.JudgesAnger());
            return new(new(settings, reader, services.GetRequiredService<TimeProvider>(), log));
        }
        catch (ModelException e)
        {
            LogBroken(log, e.Message);
            return new(null, IsBroken: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The voice is off: {Why}")]
    private static partial void LogBroken(ILogger log, string why);
}
