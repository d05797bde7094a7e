using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Mqtt;
using DriverMonitor.Vision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Monitoring;

/// <summary>Reads the settings of the service.</summary>
internal static class SettingsRegistration
{
    /// <summary>Checks the file as a whole before any part is added; each part then binds its own section.</summary>
    /// <exception cref="ConfigurationException">The file cannot be used.</exception>
    /// <exception cref="FolderInUseException">Another service keeps its state where this one would.</exception>
    public static void AddSettings(this IHostApplicationBuilder builder, string config)
    {
        var locks = new FolderLocks(TimeProvider.System);
        builder.Services.AddSingleton(_ => locks);
        var given = ServiceFolders.State(null);
        // Before anything is written there.
        if (given is not null) locks.Take(given);
        var loaded = ServiceSettings.Load(config, given is null ? null : new LastGoodSettings(given));
        foreach (var one in FoldersOf(loaded.Settings)) locks.Take(one);
        if (loaded.Notice is { } notice) builder.Services.AddHostedService(_ => new SettingsNotice(notice));
        builder.Configuration.AddInMemoryCollection(loaded.Values);
        builder.Services.AddSingleton(WithinAudit(builder, loaded.Settings));
    }

    /// <summary>Where the queue, counters of orders and the audit log lie.</summary>
    private static IEnumerable<string> FoldersOf(MonitorOptions settings)
    {
        if (Uplink.Wanted(settings.Mqtt) && settings.Outbox.Place() is { } queue) yield return queue;
        if (settings.Fleet.StateFolder is { } state) yield return state;
    }

    /// <summary>Anger is not judged where an audit of the models forbids it, whatever the settings say.</summary>
    private static MonitorOptions WithinAudit(IHostApplicationBuilder builder, MonitorOptions settings)
    {
        if (
            !settings.Judgement.Anger.Enabled
            || AngerAudit.WhyNot(settings.Vision.ModelFolder ?? ModelStore.DefaultFolder()) is not { } why)
            return settings;
        builder.Services.AddHostedService(_ => new SettingsNotice($"anger stays off: {why}. See docs/evaluation.md."));
        builder.Configuration.AddInMemoryCollection([new("DriverMonitor:Judgement:Anger:Enabled", "false")]);
        var judgement = settings.Judgement;
        return settings with { Judgement = judgement with { Anger = judgement.Anger with { Enabled = false } } };
    }
}
