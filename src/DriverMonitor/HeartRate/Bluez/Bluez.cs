using DriverMonitor.HeartRate.Bluez.Bus;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// The names of BlueZ on the bus, and the calls we make. Its interfaces are described in its source, under doc/.
/// </summary>
internal static class Bluez
{
    public const string Service = "org.bluez";
    public const string Adapter = "org.bluez.Adapter1";
    public const string Device = "org.bluez.Device1";
    public const string Characteristic = "org.bluez.GattCharacteristic1";
    public const string Battery = "org.bluez.Battery1";
    public const string Agent = "org.bluez.Agent1";
    public const string Properties = "org.freedesktop.DBus.Properties";
    public const string ObjectManager = "org.freedesktop.DBus.ObjectManager";
    public const string Daemon = "org.freedesktop.DBus";

    /// <summary>Assigned numbers of the Bluetooth SIG.</summary>
    public const int HeartRateService = 0x180D, HeartRateMeasurement = 0x2A37, SensorLocation = 0x2A38, BatteryLevel = 0x2A19;

    private const string DaemonPath = "/org/freedesktop/DBus",
        AgentManager = "org.bluez.AgentManager1",
        AgentPath = "/drivermonitor/agent";

    public static string Uuid(int number) => $"0000{number:x4}-0000-1000-8000-00805f9b34fb";

    /// <summary>What BlueZ says, and its coming and going.</summary>
    public static IEnumerable<BusSignals> Signals =>
    [
        new(Service, ObjectManager),
        new(Service, Properties, "PropertiesChanged"),
        new(Daemon, Daemon, "NameOwnerChanged", Service),
    ];

    public static BusCall IsRunning() => new(Daemon, DaemonPath, Daemon, "NameHasOwner", Service);

    public static BusCall ListObjects() => new(Service, "/", ObjectManager, "GetManagedObjects");

    /// <summary>We have neither screen nor keys, so bonding asks for no code.</summary>
    public static BusCall OfferAgent() =>
        new(Service, "/org/bluez", AgentManager, "RegisterAgent", new ObjectPath(AgentPath), "NoInputNoOutput");

    public static BusCall PowerOn(string adapter) =>
        new(Service, adapter, Properties, "Set", Adapter, "Powered", new Variant(true));

    public static BusCall FilterHearts(string adapter) => new(
        Service, adapter, Adapter, "SetDiscoveryFilter",
        new Dictionary<string, object> { ["UUIDs"] = new[] { Uuid(HeartRateService) }, ["Transport"] = "le" });

    /// <summary>All that it keeps of a device: its services, its bond.</summary>
    public static BusCall RemoveDevice(string device) =>
        new(Service, device[..device.LastIndexOf('/')], Adapter, "RemoveDevice", new ObjectPath(device));

    public static BusCall Call(string path, string @interface, string member, params object[] arguments) =>
        new(Service, path, @interface, member, arguments);

    public static BusCall Read(string characteristic) =>
        Call(characteristic, Characteristic, "ReadValue", new Dictionary<string, object>());
}
