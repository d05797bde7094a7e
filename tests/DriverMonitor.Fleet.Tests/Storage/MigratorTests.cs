using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Storage;

public sealed class MigratorTests
{
    private const string Tables =
        "account audit audit_head certificate clock_fix delivery episode epoch erasure event feed finding "
        + "hour invitation mark_progress orders role_grant schema_version session signer tenant token vehicle "
        + "vehicle_now webhook";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Tables_are_made_once_and_the_second_time_nothing_is_to_do(string kind)
    {
        using var folder = new TemporaryFolder();
        await using var database = await Stores.CreateAsync(kind, folder);
        var migrator = new Migrator(database, TimeProvider.System);

        Assert.NotEmpty(await migrator.MigrateAsync(default));
        Assert.Empty(await migrator.MigrateAsync(default));

        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, default);
        var names = await connection.ReadAsync(
            database.IsPostgres
                ? "select relname from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace order by 1"
                : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1",
            row => row.GetString(0), default);
        Assert.Equal(Tables, string.Join(' ', names));
    }

    [Fact]
    public async Task Programs_that_start_at_the_same_time_migrate_once()
    {
        using var folder = new TemporaryFolder();
        await using var database = await Stores.CreateAsync("postgres", folder);

        var applied = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => new Migrator(database, TimeProvider.System).MigrateAsync(default)));

        var all = applied.SelectMany(files => files).ToList();
        Assert.Equal(all.Distinct().Count(), all.Count);
        Assert.Contains("postgres/0001.sql", all);
    }
}
