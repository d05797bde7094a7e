using DriverMonitor.HeartRate.Bluez.Bus;

namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// What BlueZ has told of its objects, kept as it changes them. Only what BlueZ holds itself is held, so it does not grow.
/// </summary>
internal sealed class BluezObjectTree
{
    private readonly SortedDictionary<string, Dictionary<string, Dictionary<string, object>>> _objects = new(
        StringComparer.Ordinal);

    /// <summary>Objects known.</summary>
    public int Count => _objects.Count;

    public void Reset() => _objects.Clear();

    /// <summary>Takes the answer to GetManagedObjects.</summary>
    public void Load(object answer)
    {
        Reset();
        if (answer is not Dictionary<string, object> objects) return;
        foreach (var (path, interfaces) in objects) Add(path, interfaces);
    }

    /// <summary>Takes a signal of BlueZ's; anything else is left alone.</summary>
    public void Handle(BusMessage signal)
    {
        switch (signal.Member, signal.Body)
        {
            case ("InterfacesAdded", [string path, var interfaces]):
                Add(path, interfaces);
                break;
            case ("InterfacesRemoved", [string path, string[] interfaces]):
                Remove(path, interfaces);
                break;
            case ("PropertiesChanged", [string changed, Dictionary<string, object> values, string[] gone]):
                Change(signal.Path, changed, values, gone);
                break;
        }
    }

    /// <summary>The adapter of that name; without a name the first.</summary>
    public BluezAdapter? Adapter(string? name)
    {
        foreach (var (path, interfaces) in _objects)
        {
            var own = path[(path.LastIndexOf('/') + 1)..];
            if (!interfaces.TryGetValue(Bluez.Adapter, out var adapter) || (name is not null && own != name)) continue;
            return new(path, own, Value<string>(adapter, "Address") ?? "", Value<bool>(adapter, "Powered"));
        }

        return null;
    }

    /// <summary>The devices of an adapter.</summary>
    public IEnumerable<BluezDevice> Devices(string adapter)
    {
        foreach (var (path, interfaces) in _objects)
        {
            if (
                !path.StartsWith(adapter + "/", StringComparison.Ordinal) || !interfaces.TryGetValue(Bluez.Device, out var device)
            )
                continue;
            interfaces.TryGetValue(Bluez.Battery, out var battery);
            // BlueZ 5.66 was seen to tell of the services without ever having told of the connection.
            var resolved = Value<bool>(device, "ServicesResolved");
            yield return new(
                path,
                Value<string>(device, "Address") ?? "",
                Value<string>(device, "Alias") ?? Value<string>(device, "Name") ?? "",
                (int?)Value<long?>(device, "RSSI"),
                Value<bool>(device, "Connected") || resolved,
                Value<bool>(device, "Paired"),
                resolved,
                Value<string[]>(device, "UUIDs")?.Contains(Bluez.Uuid(Bluez.HeartRateService), StringComparer.OrdinalIgnoreCase)
                    ?? false,
                battery is null ? null : (int?)Value<long?>(battery, "Percentage"));
        }
    }

    /// <summary>Path of a device's characteristic; null where it has none, or none that is known yet.</summary>
    public string? Characteristic(string device, int number)
    {
        var uuid = Bluez.Uuid(number);
        foreach (var (path, interfaces) in _objects)
        {
            if (
                path.StartsWith(device + "/", StringComparison.Ordinal)
                && interfaces.TryGetValue(Bluez.Characteristic, out var characteristic)
                && string.Equals(Value<string>(characteristic, "UUID"), uuid, StringComparison.OrdinalIgnoreCase))
                return path;
        }

        return null;
    }

    /// <summary>A characteristic tells by itself when it changes.</summary>
    public bool CanNotify(string path) =>
        _objects.TryGetValue(path, out var interfaces) && interfaces.TryGetValue(Bluez.Characteristic, out var characteristic)
        && Value<string[]>(characteristic, "Flags") is { } flags && flags.Contains("notify", StringComparer.Ordinal);

    private void Add(string path, object interfaces)
    {
        if (interfaces is not Dictionary<string, object> added) return;
        if (!_objects.TryGetValue(path, out var known)) _objects[path] = known = [];
        foreach (var (name, properties) in added)
            known[name] = properties as Dictionary<string, object> ?? [];
    }

    private void Remove(string path, string[] interfaces)
    {
        if (!_objects.TryGetValue(path, out var known)) return;
        foreach (var name in interfaces) known.Remove(name);
        if (known.Count == 0) _objects.Remove(path);
    }

    private void Change(string path, string @interface, Dictionary<string, object> values, string[] gone)
    {
        if (!_objects.TryGetValue(path, out var known) || !known.TryGetValue(@interface, out var properties)) return;
        foreach (var (name, value) in values) properties[name] = value;
        foreach (var name in gone) properties.Remove(name);
    }

    private static T? Value<T>(Dictionary<string, object> properties, string name) =>
        properties.TryGetValue(name, out var value) && value is T typed ? typed : default;
}
