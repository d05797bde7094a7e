using System.IO.Ports;
using DriverMonitor.Files;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle;

/// <summary>Reads a receiver's port; unplugged, back, silent: one line each.</summary>
internal sealed class NmeaListener(NmeaSettings settings, NmeaVehicle vehicle, DeviceReport device, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A receiver without a fix speaks every second as well.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var reason = await ListenAsync(stop);
            if (stop.IsCancellationRequested) return;
            device.ReportLost($"{settings.Port}: {reason}");
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> ListenAsync(CancellationToken stop)
    {
        try
        {
            using var port = new SerialPort(settings.Port!, settings.BaudRate);
            port.Open();
            return await ReadAsync(port.BaseStream, stop);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            return File.Exists(settings.Port)
                ? ShownText.Excerpt(e.Message.ReplaceLineEndings(" ").TrimEnd('.'))
                : "there is no such port; is the receiver plugged in?";
        }
    }

    private async Task<string> ReadAsync(Stream port, CancellationToken stop)
    {
        var bytes = new byte[512];
        var (sentences, heardAt) = (vehicle.Sentences, time.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            using var patience = new CancellationTokenSource(Silence, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            try
            {
                var count = await port.ReadAsync(bytes, either.Token);
                if (count == 0) return "it closed";
                vehicle.Handle(bytes.AsSpan(0, count));
            }
            catch (OperationCanceledException)
            {
                return "it is silent; check its cable and Vehicle:Nmea:BaudRate";
            }

            if (vehicle.Sentences != sentences)
            {
                (sentences, heardAt) = (vehicle.Sentences, time.GetTimestamp());
                device.ReportWell($"a receiver speaks at {settings.Port}");
            }
            else if (time.GetElapsedTime(heardAt) > Silence)
            {
                return "what it sends is no NMEA; check Vehicle:Nmea:BaudRate";
            }
        }

        return "stopped";
    }
}
