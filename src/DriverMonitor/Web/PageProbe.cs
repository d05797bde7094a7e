using System.Globalization;
using System.Net.Sockets;
using DriverMonitor.Configuration;

namespace DriverMonitor.Web;

/// <summary>Whether the page could be served as the settings say, and whether somebody takes the figures.</summary>
internal static class PageProbe
{
    private const string Part = "page";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A month is time enough to renew a certificate, and short enough not to be said for ever.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static CheckLine Check(WebSettings settings, TimeProvider time)
    {
        if (!settings.Enabled) return new(Part, Ok: true, "switched off by Web:Enabled");
        try
        {
            var door = PageSecurity.Open(settings);
            var now = time.GetUtcNow();
            var place =
                $"{(door.Certificate is null ? "http" : "https")}://{settings.Address}:{settings.Port}, {(door.Password is null ? "without" : "with")} a password";
            if (door.Certificate is not { } certificate)
                return new(Part, Ok: true, place);
            return certificate.IsGood(now)
                ? new(
                    Part,
                    Ok: true,
                    $"{place}, certificate until {Day(certificate.Good.Until)}{(certificate.Good.Until - now < Soon ? ": renew it soon" : "")}"
                )
                : new(
                    Part,
                    Ok: false,
                    $"browsers will not trust {settings.CertificateFile}: it is good from {Day(certificate.Good.From)} until {Day(certificate.Good.Until)}. Renew it."
                );
        }
        catch (ConfigurationException e)
        {
            return new(Part, Ok: false, e.Message);
        }
    }

    /// <summary>Null where no collector is named.</summary>
    /// <param name="maySend">Whether the privacy level lets figures leave.</param>
    public static async Task<CheckLine?> CheckCollectorAsync(
        WebSettings settings, TimeProvider time, CancellationToken stop, bool maySend = true)
    {
        if (settings.Collector is not { } collector) return null;
        if (!maySend) return new("collector", Ok: true, $"{collector} is sent nothing: Mqtt:Privacy P0 lets nothing leave");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            using var call = new TcpClient();
            await call.ConnectAsync(collector.DnsSafeHost, collector.Port, either.Token);
            return new("collector", Ok: true, $"{collector} answers");
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            var why = e is SocketException ? e.Message : "no answer.";
            return new("collector", Ok: false, $"{collector} cannot be reached: {why} Start it, or set Web:Collector to null.");
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
