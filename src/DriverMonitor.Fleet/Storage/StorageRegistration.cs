using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Storage;

/// <summary>The tables, on a file or a server; brought up to date before anything else starts.</summary>
internal static class StorageRegistration
{
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new FleetDatabase(services.GetRequiredService<FleetOptions>().Store));
        builder.Services.AddSingleton<Migrator>();
        if (builder.AddSection<FleetOptions>(FleetOptions.Section).IsPostgres)
            builder.Services.AddSingleton<IEventStore, PostgresEventStore>();
        else
            builder.Services.AddSingleton<IEventStore, SqliteEventStore>();
        builder.Services.AddSingleton<Partitions>();
        builder.Services.AddHostedService<MigrationAtStart>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Partitions>());
    }

    private sealed class MigrationAtStart(Migrator migrator, Partitions partitions) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await migrator.MigrateAsync(cancellationToken);
            await partitions.MakeAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
