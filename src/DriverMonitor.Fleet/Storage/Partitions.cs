using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Makes the months of <c>event</c> and <c>hour</c> on PostgreSQL, one ahead; retention drops them whole. What fits into none
/// lies
/// in the default partition: clocks at 1970, and everything should this ever fail.
/// </summary>
internal sealed partial class Partitions(FleetDatabase database, TimeProvider time, ILogger<Partitions> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);
    private static readonly string[] Tables = ["event", "hour"];

    /// <summary>This month and the next, where they are missing.</summary>
    public async Task MakeAsync(CancellationToken stop)
    {
        if (!database.IsPostgres) return;
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var now = time.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var table in Tables)
        {
            await MakeAsync(connection, table, month, stop);
            await MakeAsync(connection, table, month.AddMonths(1), stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsPostgres) return;
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await MakeAsync(stoppingToken);
            }
            catch (Exception e) when (e is DbException or TimeoutException or IOException)
            {
                LogFailed("months", e.Message);
            }
        }
    }

    private async Task MakeAsync(DbConnection connection, string table, DateTimeOffset month, CancellationToken stop)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{table}_{month:yyyy_MM}");
        var (from, to) = (month.ToUnixTimeMilliseconds(), month.AddMonths(1).ToUnixTimeMilliseconds());
        try
        {
            await connection.ExecuteAsync(
                $"create table if not exists {name} partition of {table} for values from ({from}) to ({to})", stop);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CheckViolation or PostgresErrorCodes.DuplicateTable)
        {
            // Rows of that month lie in the default partition already, or another program was quicker.
            if (e.SqlState == PostgresErrorCodes.CheckViolation) LogFailed(name, e.MessageText);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {name} was not made, the default one takes its rows: {reason}")]
    private partial void LogFailed(string name, string reason);
}
