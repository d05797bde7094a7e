using System.Text.Json;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>The whole receiver in this process, as its command <c>run</c> builds it, with settings of its own.</summary>
internal sealed class FleetProgram : IAsyncDisposable
{
    private readonly IHost _host;

    private FleetProgram(IHost host) => _host = host;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public ReceiverFigures Figures => _host.Services.GetRequiredService<ReceiverFigures>();

    public IEventStore Store => _host.Services.GetRequiredService<IEventStore>();

    /// <param name="settings">The section <c>Fleet</c>, as an anonymous object.</param>
    public static async Task<FleetProgram> StartAsync(
        TemporaryFolder folder, object settings, Action<HostApplicationBuilder>? change = null)
    {
        var file = folder.PathOf($"fleet-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { Fleet = settings }));
        var host = Program.BuildService(file, change);
        await host.StartAsync();
        return new(host);
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<long>(sql, default);
    }

    /// <summary>A part that failed would have ended the process.</summary>
    public void AssertRuns() => Assert.All(
        _host.Services.GetServices<IHostedService>().OfType<BackgroundService>(),
        part => Assert.True(part.ExecuteTask is not { IsFaulted: true }, $"{part.GetType().Name}: {part.ExecuteTask?.Exception}"));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        else _host.Dispose();
    }
}
