using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>check</c>: every part, a line each, with what to do; changes nothing.</summary>
internal static class CheckCommand
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public static Command Make(Func<string, IHost> buildService)
    {
        var config = RunCommand.ConfigOption();
        var command = new Command("check", "Try every part and say in a line each how it is.") { config };
        command.SetAction(async (line, stop) =>
        {
            using var host = buildService(line.GetRequiredValue(config));
            var isWell = true;
            foreach (var check in Checks)
            {
                var (part, fault, words) = await check(host.Services, stop);
                isWell &= fault is null;
                Console.WriteLine($"{(fault is null ? "ok   " : "FAIL ")} {part,-12} {fault ?? words}");
            }

            return isWell ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static readonly Func<IServiceProvider, CancellationToken, Task<(string Part, string? Fault, string Words)>>[] Checks =
        [StoreAsync, BrokerAsync, AuthorityAsync, WebAsync, AuditAsync, CertificatesAsync];

    private static async Task<(string, string?, string)> StoreAsync(IServiceProvider services, CancellationToken stop)
    {
        var database = services.GetRequiredService<FleetDatabase>();
        var kind = database.IsPostgres ? "PostgreSQL" : "SQLite";
        try
        {
            await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
            var version = await connection.ScalarAsync<string>("select max(name) from schema_version", stop);
            return ("store", null, $"{kind}, tables at {version}");
        }
        catch (DbException e)
        {
            return ("store", $"{kind}: {Line(e.Message)}. Is it there, and did 'drivermonitor-fleet migrate' run?", "");
        }
    }

    private static Task<(string, string?, string)> BrokerAsync(IServiceProvider services, CancellationToken stop)
    {
        if (services.GetRequiredService<FleetOptions>().Intake.Length > 0) return Told("broker", null, "another program's");
        var options = services.GetRequiredService<BrokerOptions>();
        if (options.TlsPort == 0) return Told("broker", null, $"inside, without encryption, on 127.0.0.1:{options.LoopbackPort} only");
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
            var left = new DateTimeOffset(certificate.NotAfter) - services.GetRequiredService<TimeProvider>().GetUtcNow();
            return left < Soon
                ? Told("broker", $"its certificate ends on {certificate.NotAfter:yyyy-MM-dd}: make it anew with 'drivermonitor-fleet setup "
                    + $"{certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)} --broker' and start the service again", "")
                : Told("broker", null, $"inside, TLS on port {options.TlsPort}, its certificate ends on {certificate.NotAfter:yyyy-MM-dd}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Told("broker", $"its certificate cannot be used: {Line(e.Message)}", "");
        }
    }

    private static Task<(string, string?, string)> AuthorityAsync(IServiceProvider services, CancellationToken stop)
    {
        var options = services.GetRequiredService<EnrolmentOptions>();
        if (!File.Exists(CertificateAuthority.CertificateFile(options.Folder)))
            return Told("authority", null, "none here: vehicles cannot be enrolled or renewed by this program");
        try
        {
            using var authority = CertificateAuthority.Open(options.Folder);
            return options.Brokers.Count == 0
                ? Told("authority", "Fleet:Enrolment:Brokers is empty: name host:port, as vehicles reach the broker", "")
                : Told("authority", null, $"{options.Folder}, vehicles are sent to {string.Join(", ", options.Brokers)}");
        }
        catch (ConfigurationException e)
        {
            return Told("authority", e.Message, "");
        }
    }

    private static Task<(string, string?, string)> WebAsync(IServiceProvider services, CancellationToken stop)
    {
        var options = services.GetRequiredService<WebOptions>();
        if (!options.Enabled) return Told("api", null, "switched off");
        foreach (var file in new[] { options.CertificateFile, options.KeyFile })
            if (file is not null && !File.Exists(file)) return Told("api", $"{file} does not exist", "");
        return Told("api", null, $"{(options.CertificateFile is null ? "http" : "https")}://{options.Address}:{options.Port}");
    }

    private static async Task<(string, string?, string)> AuditAsync(IServiceProvider services, CancellationToken stop)
    {
        try
        {
            return await services.GetRequiredService<AuditChain>().FirstBadAsync(stop) is { } bad
                ? ("audit", $"line {bad} was changed, or one before it taken out", "")
                : ("audit", null, "every line follows from the one before");
        }
        catch (DbException e)
        {
            return ("audit", $"cannot be read: {Line(e.Message)}", "");
        }
    }

    private static async Task<(string, string?, string)> CertificatesAsync(IServiceProvider services, CancellationToken stop)
    {
        try
        {
            var ending = await services.GetRequiredService<IssuedCertificates>().EndingAsync(Soon, stop);
            return ending.Count == 0
                ? ("certificates", null, "none of a vehicle ends within 14 days")
                : ("certificates",
                    $"{ending.Count} vehicles did not ask for the next one and end within 14 days: "
                        + string.Join(", ", ending.Take(5)),
                    "");
        }
        catch (DbException e)
        {
            return ("certificates", $"cannot be read: {Line(e.Message)}", "");
        }
    }

    private static Task<(string, string?, string)> Told(string part, string? fault, string words) =>
        Task.FromResult((part, fault, words));

    private static string Line(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
