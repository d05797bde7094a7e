using System.CommandLine;
using DriverMonitor.Fleet.Enrolment;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary>
/// <c>revoke VEHICLE</c>: takes back its certificates. The broker inside ends its connection and refuses the next.
/// </summary>
internal static class RevokeCommand
{
    public static Command Make(Func<string, IHost> buildService)
    {
        var vehicle = new Argument<string>("vehicle") { Description = "Its name." };
        var (tenant, config) = (EnrolCommand.TenantOption(), RunCommand.ConfigOption());
        var command = new Command("revoke", "Take back a vehicle's certificates, and renew the list of those that were.")
        {
            vehicle, tenant, config,
        };
        command.SetAction(async (line, stop) =>
        {
            using var host = await TokenCommand.OpenAsync(buildService(line.GetRequiredValue(config)), stop);
            var name = EnrolCommand.NameOf(host, line.GetValue(tenant), line.GetRequiredValue(vehicle));
            var enroller = host.Services.GetRequiredService<Enroller>();
            var taken = await host.Services.GetRequiredService<IssuedCertificates>().RevokeAsync(name, stop);
            var list = await enroller.WriteRevokedAsync(stop);
            if (taken > 0) await EnrolCommand.NoteAsync(host, $"revoke {name}", stop);
            Console.WriteLine(taken == 0
                ? $"{name} has no certificate that counts."
                : $"{name}: {taken} taken back. The broker inside reads {list} by itself; give another broker this file and tell it to read it.");
            return taken == 0 ? ExitCode.Failed : ExitCode.Fine;
        });
        return command;
    }
}
