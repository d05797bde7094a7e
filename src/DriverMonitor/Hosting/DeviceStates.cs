using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>How all optional devices of the vehicle are: one place for the log, the page and the fleet's news.</summary>
internal sealed class DeviceStates(ILogger<DeviceStates> log)
{
    /// <summary>News that nobody took yet; of a device that comes and goes without end the oldest is dropped.</summary>
    private const int MostNews = 64;

    private readonly ConcurrentDictionary<string, DeviceReport> _devices = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<DeviceState> _news = new();

    /// <summary>Every device that the settings name, in the order of their names.</summary>
    public IReadOnlyList<DeviceState> All =>
        [.. _devices.Values.Select(device => device.State).OrderBy(state => state.Name, StringComparer.Ordinal)];

    /// <summary>Where a device says how it is.</summary>
    public DeviceReport Of(string name) => _devices.GetOrAdd(name, one => new(one, log, Announce));

    /// <summary>The oldest change that was not taken yet; costs nothing while there is none.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DeviceState? news) => _news.TryDequeue(out news);

    private void Announce(DeviceState state)
    {
        _news.Enqueue(state);
        while (_news.Count > MostNews) _news.TryDequeue(out _);
    }
}
