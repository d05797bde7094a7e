using System.Text.Json;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Support;

/// <summary>Listens as a fleet does, and reads what it heard.</summary>
internal static class FleetEar
{
    public static Task<Subscriber> Fleet(BrokerAddress broker, MqttSettings? settings = null) =>
        Subscriber.StartAsync(settings ?? new(), broker, TimeProvider.System, CancellationToken.None);

    public static List<Received> Alerts(Subscriber fleet) =>
        [.. fleet.Messages.Where(message => message.Topic.Contains("/alert/", StringComparison.Ordinal))];

    /// <summary>The numbers that <see cref="TestVehicle.EmitAlerts"/> gave, in the order of arrival.</summary>
    public static IEnumerable<int> Numbers(Subscriber fleet) => Alerts(fleet).Select(alert =>
        JsonDocument.Parse(alert.Body).RootElement.GetProperty("mono").GetInt32() / 1000);

    public static IEnumerable<string> Ids(Subscriber fleet) => Alerts(fleet).Select(alert =>
        JsonDocument.Parse(alert.Body).RootElement.GetProperty("id").GetString()!);
}
