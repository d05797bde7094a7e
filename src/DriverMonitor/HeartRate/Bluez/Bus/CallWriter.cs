using Tmds.DBus.Protocol;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>Writes a call, each argument with the type that it has in .NET.</summary>
internal static class CallWriter
{
    public static MessageBuffer Write(DBusConnection connection, BusCall call)
    {
        var writer = connection.GetMessageWriter();
        try
        {
            var signature = string.Concat(call.Arguments.Select(Signature));
            writer.WriteMethodCallHeader(call.Destination, call.Path, call.Interface, call.Member, signature);
            foreach (var argument in call.Arguments) Append(ref writer, argument);
            return writer.CreateMessage();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static void Append(ref MessageWriter writer, object argument)
    {
        switch (argument)
        {
            case string text: writer.WriteString(text); break;
            case ObjectPath path: writer.WriteObjectPath(path.Text); break;
            case Variant variant: writer.WriteVariant(ToVariant(variant.Value)); break;
            case Dictionary<string, object> entries:
                writer.WriteDictionary(entries.ToDictionary(entry => entry.Key, entry => ToVariant(entry.Value)));
                break;
        }
    }

    private static string Signature(object argument) => argument switch
    {
        string => "s",
        ObjectPath => "o",
        Variant => "v",
        Dictionary<string, object> => "a{sv}",
        _ => throw Unknown(argument),
    };

    private static VariantValue ToVariant(object value) => value switch
    {
        string text => VariantValue.String(text),
        bool flag => VariantValue.Bool(flag),
        string[] texts => VariantValue.Array(texts),
        _ => throw Unknown(value),
    };

    private static ArgumentException Unknown(object value) => new($"A call has no type for {value.GetType()}.", nameof(value));
}
