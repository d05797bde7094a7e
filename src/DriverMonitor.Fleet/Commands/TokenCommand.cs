using System.CommandLine;
using DriverMonitor.Files;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>token create|list|revoke</c>: what programs show at the API.</summary>
internal static class TokenCommand
{
    private const int DefaultDays = 90, MostDays = 730;

    public static Command Make(Func<string, IHost> buildService) => new("token", "Tokens for the API: create, list, revoke.")
    {
        Create(buildService),
        List(buildService),
        Revoke(buildService),
    };

    private static Command Create(Func<string, IHost> buildService)
    {
        var (config, name) = (RunCommand.ConfigOption(), new Argument<string>("name") { Description = "What it is for, as the audit shows it." });
        var tenant = new Option<string>("--tenant") { Description = "The tenant that it sees.", Required = true };
        var scopes = new Option<string[]>("--scope")
        {
            Description = $"What it may do: {string.Join(", ", ApiToken.Known)}.", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        scopes.AcceptOnlyFromAmong([.. ApiToken.Known]);
        var days = NumberOption.Within("--days", "How long it lives.", DefaultDays, 1, MostDays);
        var command = new Command("create", "Make a token; it is shown once.") { name, tenant, scopes, days, config };
        command.SetAction(async (line, stop) =>
        {
            var (forTenant, lifetime) = (line.GetRequiredValue(tenant), line.GetValue(days));
            var called = line.GetRequiredValue(name);
            if (!TopicName.IsName(called) || !TopicName.IsName(forTenant))
                throw new UsageException("A token's name and its tenant are 1 to 32 of a-z, 0-9 and '-'.");
            using var host = await OpenAsync(buildService(line.GetRequiredValue(config)), stop);
            var options = host.Services.GetRequiredService<FleetOptions>();
            if (!options.Tenants.Contains(forTenant))
                throw new ConfigurationException($"Fleet:Tenants does not name '{forTenant}'; it names {string.Join(", ", options.Tenants)}.");
            var token = await host.Services.GetRequiredService<ApiTokens>().CreateAsync(
                called, forTenant, line.GetRequiredValue(scopes), TimeSpan.FromDays(lifetime), stop);
            await NoteAsync(host, $"token {called} created: {string.Join(' ', line.GetRequiredValue(scopes))}", stop);
            Console.WriteLine(token);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command List(Func<string, IHost> buildService)
    {
        var config = RunCommand.ConfigOption();
        var command = new Command("list", "Show tokens, without themselves.") { config };
        command.SetAction(async (line, stop) =>
        {
            using var host = await OpenAsync(buildService(line.GetRequiredValue(config)), stop);
            foreach (var one in await host.Services.GetRequiredService<ApiTokens>().ListAsync(stop))
                Console.WriteLine(
                    $"{one.Id,4}  {one.Name,-32} {one.Tenant,-16} {one.Scopes,-28} until {one.ExpiresAt:yyyy-MM-dd}"
                    + (one.IsRevoked ? "  revoked" : one.UsedAt is { } used ? $"  used {used:yyyy-MM-dd}" : "  never used"));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Revoke(Func<string, IHost> buildService)
    {
        var (config, id) = (RunCommand.ConfigOption(), NumberOption.Argument("number", "As list shows it.", 1, int.MaxValue));
        var command = new Command("revoke", "Take a token back, at once.") { id, config };
        command.SetAction(async (line, stop) =>
        {
            using var host = await OpenAsync(buildService(line.GetRequiredValue(config)), stop);
            var number = line.GetRequiredValue(id);
            var isDone = await host.Services.GetRequiredService<ApiTokens>().RevokeAsync(number, stop);
            if (isDone) await NoteAsync(host, $"token {number} revoked", stop);
            Console.WriteLine(isDone ? $"Token {number} no longer counts." : $"There is no token {number} that still counts.");
            return isDone ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>With the tables as this version wants them.</summary>
    internal static async Task<IHost> OpenAsync(IHost host, CancellationToken stop)
    {
        await host.Services.GetRequiredService<Migrator>().MigrateAsync(stop);
        return host;
    }

    private static Task NoteAsync(IHost host, string what, CancellationToken stop) =>
        host.Services.GetRequiredService<AuditChain>().AppendAsync(null, $"user:{Environment.UserName}", what, stop);
}
