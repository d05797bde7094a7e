using System.Globalization;
using System.Net.Sockets;
using DriverMonitor.Configuration;

namespace DriverMonitor.Vehicle;

/// <summary>Tries gpsd for <c>drivermonitor check</c>.</summary>
internal static class GpsdProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<CheckLine> CheckAsync(GpsdSettings settings, TimeProvider time, CancellationToken stop)
    {
        var place = $"{settings.Host}:{settings.Port}";
        string? release = null;
        try
        {
            using var session = new GpsdSession();
            await session.OpenAsync(settings, time, stop);
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            await foreach (var report in session.ReadAsync(Patience, time, either.Token))
            {
                if (report.IsVersion)
                    release = report.Release ?? "?";
                if (report.IsFix && !report.IsHalf)
                    return new("vehicle", Ok: true, $"gpsd {release} at {place}: {Describe(report)}");
            }

            return new("vehicle", Ok: false, $"what listens at {place} closed the connection; is it gpsd?");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new("vehicle", Ok: false, release is null
                ? $"what listens at {place} does not answer as gpsd does; check Vehicle:Gpsd"
                : $"gpsd {release} at {place} hears no receiver; check its cable and gpsd's DEVICES");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return new(
                "vehicle",
                Ok: false,
                $"gpsd at {place} cannot be reached: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}; is gpsd running there?");
        }
    }

    private static string Describe(GpsdReport report) =>
        !report.HasFix ? "no fix yet, as is usual under a roof; the speed counts as fast until there is one"
        : string.Create(CultureInfo.InvariantCulture, $"a fix, {report.SpeedKmh:0} km/h");
}
