using System.CommandLine;
using DriverMonitor.Files;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary>
/// <c>account link</c>: a link by which somebody sets a password, for the first day, for a forgotten password, and for when no
/// administrator is left.
/// </summary>
internal static class AccountCommand
{
    public static Command Make(Func<string, IHost> buildService)
    {
        var config = RunCommand.ConfigOption();
        var name = new Argument<string>("name") { Description = "Of the person, as the audit shows it." };
        var roles = new Option<string[]>("--role")
        {
            Description = $"TENANT:ROLE, roles are {string.Join(", ", Roles.Known)}; every role of every tenant without.",
            AllowMultipleArgumentsPerToken = true,
        };
        var link = new Command("link", "Show a link, once, by which somebody sets a password.") { name, roles, config };
        link.SetAction(async (line, stop) =>
        {
            var asked = line.GetValue(roles) ?? [];
            if (!Accounts.IsName(line.GetRequiredValue(name))) throw new UsageException("A name has 1 to 64 printable characters.");
            if (asked.FirstOrDefault(text => RoleGrant.Parse(text) is null) is { } strange)
                throw new UsageException($"--role '{strange}' is no TENANT:ROLE. Roles are {string.Join(", ", Roles.Known)}.");
            using var host = await TokenCommand.OpenAsync(buildService(line.GetRequiredValue(config)), stop);
            var parts = host.Services;
            var grants = asked.Length == 0
                ? parts.GetRequiredService<Accounts>().Everything()
                : [.. asked.Select(RoleGrant.Parse).OfType<RoleGrant>()];
            var code = await parts.GetRequiredService<Invitations>().CreateAsync(line.GetRequiredValue(name), grants, stop);
            await parts.GetRequiredService<AuditChain>().AppendAsync(
                null, $"user:{Environment.UserName}", $"account {line.GetRequiredValue(name)} invited: {string.Join(' ', grants)}", stop);
            Console.WriteLine(
                SetupLink.AddressOf(parts.GetRequiredService<WebOptions>(), parts.GetRequiredService<ApiServer>()) + "#join=" + code);
            return ExitCode.Fine;
        });
        return new("account", "People who may open the console.") { link };
    }
}
