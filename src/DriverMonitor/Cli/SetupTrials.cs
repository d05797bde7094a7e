using System.Net.Sockets;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Gpio;
using DriverMonitor.Mqtt;
using DriverMonitor.Setup;

namespace DriverMonitor.Cli;

/// <summary>
/// Tries a part right after its questions, while somebody sits there to see and hear it: the same probes as <c>check</c>.
/// </summary>
internal sealed class SetupTrials(IDialogue dialogue, SettingsDraft draft, TimeProvider time, CancellationToken stop)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public void Camera() => Offer("camera", () => [CameraProbe.Check(draft.Preview().Camera, _ => "", time, stop)]);

    public void Buzzer() => Offer("buzzer: it should be heard now", () => [GpioProbe.Check(draft.Preview().Gpio, time)]);

    public void Broker()
    {
        if (draft.Preview().Mqtt is { Brokers.Count: > 0 } settings) Offer("broker", () => Try(settings));
    }

    private IReadOnlyList<CheckLine> Try(MqttSettings settings)
    {
        var secret = draft.TryOut(settings.PasswordFile);
        try
        {
            var tried = secret is null ? settings : settings with { PasswordFile = secret };
            return BrokerProbe.CheckAsync(tried, time, stop).GetAwaiter().GetResult();
        }
        finally
        {
            if (secret is not null) Directory.Delete(Path.GetDirectoryName(secret)!, recursive: true);
        }
    }

    public void Sources() =>
        Offer("pulse and speed", () => InputChecks.LinesAsync(draft.Preview(), time, stop).GetAwaiter().GetResult());

    /// <summary>Whether gpsd listens on this device.</summary>
    public bool FindGpsd()
    {
        const int Port = 2947;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            client.ConnectAsync("localhost", Port, patience.Token).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Offer(string what, Func<IReadOnlyList<CheckLine>> check)
    {
        if (!dialogue.IsAttended || !dialogue.Confirm("try", $"Try the {what}", byDefault: true)) return;
        try
        {
            foreach (var line in check()) dialogue.Print($"  {line}");
        }
        catch (Exception e) when (e is ConfigurationException or BoardException or CameraException or IOException)
        {
            dialogue.Print($"  not ok: {e.Message}");
        }
    }
}
