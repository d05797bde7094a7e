using System.CommandLine;
using DriverMonitor.Files;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Files;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>enrol VEHICLE</c>: all that a new vehicle needs, as one file and, if wanted, as a QR code.</summary>
internal static class EnrolCommand
{
    public static Command Make(Func<string, IHost> buildService)
    {
        var vehicle = new Argument<string>("vehicle") { Description = "Its name: 1 to 32 of a-z, 0-9 and '-'." };
        var tenant = TenantOption();
        var output = new Option<string?>("--out") { Description = "The file; VEHICLE.enrolment.json without." };
        var qr = new Option<bool>("--qr") { Description = "Show it as a QR code, too. Whoever photographs it is the vehicle." };
        var again = new Option<bool>("--again") { Description = "Take back the certificates that the vehicle has." };
        var config = RunCommand.ConfigOption();
        var command = new Command("enrol", "Make name, certificate and settings for a vehicle.") { vehicle, tenant, output, qr, again, config };
        command.SetAction(async (line, stop) =>
        {
            using var host = await TokenCommand.OpenAsync(buildService(line.GetRequiredValue(config)), stop);
            var name = NameOf(host, line.GetValue(tenant), line.GetRequiredValue(vehicle));
            var file = Path.GetFullPath(line.GetValue(output) ?? $"{name.Vehicle}.enrolment.json");
            if (Path.Exists(file)) throw new ConfigurationException($"{file} is there already. Name another with --out, or delete it.");
            var text = await EnrolAsync(host.Services.GetRequiredService<Enroller>(), name, line.GetValue(again), file, stop);
            await NoteAsync(host, $"enrol {name}", stop);
            if (line.GetValue(qr)) Console.WriteLine(TerminalQr.Draw(text) ?? "It is too long for a QR code; use the file.");
            Console.WriteLine($"""
                {file}: {name}, for {CertificateAuthority.VehicleLifetime.TotalDays:0} days, renewed over the link after 60.
                On the vehicle:  sudo drivermonitor setup --enrol {Path.GetFileName(file)}
                Then delete the file: whoever has it can speak for the vehicle.
                """);
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>
    /// A vehicle is not enrolled whose file could not be written: its name would be taken, and nobody had its key.
    /// </summary>
    private static async Task<string> EnrolAsync(
        Enroller enroller, VehicleName name, bool isAgain, string file, CancellationToken stop)
    {
        PrivateFile.Reserve(file);
        try
        {
            var text = await enroller.EnrolAsync(name, isAgain, stop);
            PrivateFile.Write(file, text + "\n");
            return text;
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    internal static Option<string?> TenantOption() =>
        new("--tenant") { Description = "The tenant; the first of Fleet:Tenants without." };

    /// <exception cref="ConfigurationException">No vehicle can be called so.</exception>
    internal static VehicleName NameOf(IHost host, string? tenant, string vehicle)
    {
        var options = host.Services.GetRequiredService<FleetOptions>();
        var name = new VehicleName(tenant ?? options.Tenants[0], vehicle);
        if (!TopicName.IsName(vehicle))
            throw new UsageException($"'{TopicName.Shown(vehicle)}' is no vehicle's name: 1 to 32 of a-z, 0-9 and '-'.");
        return options.Tenants.Contains(name.Tenant)
            ? name
            : throw new ConfigurationException($"Fleet:Tenants does not name '{TopicName.Shown(name.Tenant)}'; it names {string.Join(", ", options.Tenants)}.");
    }

    internal static Task NoteAsync(IHost host, string what, CancellationToken stop) =>
        host.Services.GetRequiredService<AuditChain>().AppendAsync(null, $"user:{Environment.UserName}", what, stop);
}
