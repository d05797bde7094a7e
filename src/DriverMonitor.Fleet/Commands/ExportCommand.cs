using System.CommandLine;
using System.Globalization;
using DriverMonitor.Files;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>export</c>: events to standard output as CSV or a JSON object a line, without values unless asked for.</summary>
internal static class ExportCommand
{
    public static Command Make(Func<string, IHost> buildService)
    {
        var (config, tenant) = (RunCommand.ConfigOption(), EnrolCommand.TenantOption());
        var format = new Option<string>("--format") { Description = "csv or ndjson.", DefaultValueFactory = _ => "ndjson" };
        format.AcceptOnlyFromAmong("csv", "ndjson");
        var vehicle = new Option<string?>("--vehicle") { Description = "Of one vehicle; all without." };
        var (from, to) = (TimeOption("--from", "From this moment on (ISO 8601)."), TimeOption("--to", "Until before this moment."));
        var values = new Option<bool>("--values") { Description = "With what vehicles said, values at P2 included." };
        var command = new Command("export", "Write events to standard output.") { tenant, format, vehicle, from, to, values, config };
        command.SetAction(async (line, stop) =>
        {
            using var host = await TokenCommand.OpenAsync(buildService(line.GetRequiredValue(config)), stop);
            var name = EnrolCommand.NameOf(host, line.GetValue(tenant), line.GetValue(vehicle) ?? "all");
            await using var connection = await host.Services.GetRequiredService<FleetDatabase>().OpenAsync(
                FleetDatabase.EveryTenant, stop);
            var number = await connection.ScalarAsync<int?>("select id from tenant where name = @name", stop, ("name", name.Tenant))
                ?? throw new ConfigurationException($"Nothing is stored of the tenant {name.Tenant} yet.");
            var begin = line.GetValue(from) ?? DateTimeOffset.UnixEpoch;
            var end = line.GetValue(to) ?? host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddYears(20);
            if (begin >= end) throw new UsageException("--from must be before --to.");
            if (line.GetValue(vehicle) is { } only && await connection.ScalarAsync<int?>(
                "select id from vehicle where tenant_id = @tenant and name = @name", stop, ("tenant", number), ("name", only)) is null)
                throw new UsageException($"{name.Tenant} has no vehicle {only}.");
            await host.Services.GetRequiredService<AuditChain>().AppendAsync(
                number, $"user:{Environment.UserName}", $"export {line.GetValue(format)} {name.Vehicle} {begin:yyyy-MM-dd} {end:yyyy-MM-dd}", stop);
            await using var output = Console.OpenStandardOutput();
            var withEmotions = line.GetValue(values)
                && !host.Services.GetRequiredService<FleetOptions>().EuWork.Contains(name.Tenant);
            var events = host.Services.GetRequiredService<AlertReader>().StreamAsync(
                number, line.GetValue(vehicle), begin.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), withEmotions, stop);
            var rows = await EventExport.WriteAsync(output, events, line.GetValue(format) == "csv", line.GetValue(values), stop);
            await Console.Error.WriteLineAsync($"{rows} events of {name.Tenant}");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Option<DateTimeOffset?> TimeOption(string name, string what) => new(name)
    {
        Description = what,
        CustomParser = text =>
        {
            if (DateTimeOffset.TryParse(
                text.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
            text.AddError($"{name} must be a time such as 2026-11-30T12:00:00Z.");
            return null;
        },
    };
}
