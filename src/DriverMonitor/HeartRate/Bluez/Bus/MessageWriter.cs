namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>Appends arguments to a message, each with the type that it has in .NET.</summary>
internal static class MessageWriter
{
    public static void Append(MessageHandle message, object value)
    {
        switch (value)
        {
            case string text:
                Check(LibSystemd.AppendText(message, (byte)'s', text));
                break;
            case ObjectPath path:
                Check(LibSystemd.AppendText(message, (byte)'o', path.Text));
                break;
            case bool flag:
                Check(LibSystemd.AppendNumber(message, (byte)'b', flag ? 1 : 0));
                break;
            case Variant variant:
                Within(message, 'v', Signature(variant.Value), () => Append(message, variant.Value));
                break;
            case string[] texts:
                Within(message, 'a', "s", () => Array.ForEach(texts, text => Append(message, text)));
                break;
            case Dictionary<string, object> entries:
                Within(message, 'a', "{sv}", () =>
                {
                    foreach (var (key, entry) in entries) AppendEntry(message, key, entry);
                });
                break;
            default:
                throw new ArgumentException($"The bus writer has no type for {value.GetType()}.", nameof(value));
        }
    }

    private static void AppendEntry(MessageHandle message, string key, object value) => Within(message, 'e', "sv", () =>
    {
        Append(message, key);
        Append(message, new Variant(value));
    });

    private static string Signature(object value) => value switch
    {
        string => "s",
        ObjectPath => "o",
        bool => "b",
        string[] => "as",
        _ => throw new ArgumentException($"The bus writer has no type for {value.GetType()}.", nameof(value)),
    };

    private static void Within(MessageHandle message, char container, string contents, Action append)
    {
        Check(LibSystemd.Open(message, (byte)container, contents));
        append();
        Check(LibSystemd.Close(message));
    }

    private static void Check(int result)
    {
        if (result < 0) throw BusException.Of("A message for the system bus could not be written", result);
    }
}
