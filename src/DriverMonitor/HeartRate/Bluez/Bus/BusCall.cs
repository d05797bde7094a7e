namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>A method call to be sent.</summary>
/// <param name="Destination">The peer's name on the bus.</param>
/// <param name="Arguments">
/// Text, <see cref="ObjectPath"/>, <see cref="Variant"/>, and dictionaries of text, <see cref="bool"/> and lists of text.
/// </param>
internal sealed record BusCall(string Destination, string Path, string Interface, string Member, params object[] Arguments);

/// <summary>Text that the bus knows as the name of an object.</summary>
internal readonly record struct ObjectPath(string Text);

/// <summary>A value that says its own type on the wire.</summary>
internal readonly record struct Variant(object Value);
