namespace DriverMonitor.HeartRate.Bluez;

/// <summary>A Bluetooth adapter, as BlueZ knows it.</summary>
internal readonly record struct BluezAdapter(string Path, string Name, string Address, bool Powered);

/// <summary>A device near or remembered, as BlueZ knows it.</summary>
/// <param name="Rssi">Signal strength, dBm, while it is being heard of.</param>
/// <param name="Resolved">Its services are known; only then may they be used.</param>
/// <param name="HasPulse">Offers the Heart Rate Service.</param>
/// <param name="Battery">Percent, where BlueZ itself reads it.</param>
internal readonly record struct BluezDevice(
    string Path, string Address, string Name, int? Rssi, bool Connected, bool Bonded, bool Resolved, bool HasPulse, int? Battery);
