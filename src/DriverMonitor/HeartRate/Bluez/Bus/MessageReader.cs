using Tmds.DBus.Protocol;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>
/// Reads a message into values of .NET; what it has no use for (file descriptors) it leaves out. What breaks the rules of the bus
/// is a <see cref="DBusReadException"/>, and ends the connection that brought it.
/// </summary>
internal static class MessageReader
{
    /// <summary>How deep the D-Bus specification lets values nest.</summary>
    private const int DepthLimit = 64;

    /// <param name="answerTo">The cookie of the call that it answers.</param>
    public static BusMessage Read(Message message, ulong answerTo = 0)
    {
        var reader = message.GetBodyReader();
        return new(
            (BusMessageKind)message.MessageType,
            message.PathAsString ?? "",
            message.InterfaceAsString ?? "",
            message.MemberAsString ?? "",
            ReadAll(ref reader, message.SignatureAsString, 0),
            answerTo);
    }

    private static List<object> ReadAll(ref Reader reader, scoped ReadOnlySpan<char> types, int depth)
    {
        var values = new List<object>();
        for (var rest = types; !rest.IsEmpty; rest = rest[FirstLength(rest)..])
        {
            if (ReadOne(ref reader, rest[..FirstLength(rest)], depth) is { } value) values.Add(value);
        }

        return values;
    }

    private static object? ReadOne(ref Reader reader, scoped ReadOnlySpan<char> type, int depth)
    {
        if (depth > DepthLimit) throw new DBusReadException($"A value is nested more than {DepthLimit} deep.");
        if (type.IsEmpty) throw new DBusReadException("A value has no type.");
        switch (type[0])
        {
            case 'a': return ReadArray(ref reader, type[1..], depth + 1);
            case 'v': return ReadOne(ref reader, reader.ReadSignatureAsString(), depth + 1);
            case '(' or '{':
                reader.AlignStruct();
                return ReadAll(ref reader, type[1..^1], depth + 1).ToArray();
            case 'h':
                reader.ReadUInt32();
                return null;
            default: return ReadBasic(ref reader, type[0]);
        }
    }

    private static object ReadBasic(ref Reader reader, char type) => type switch
    {
        's' => reader.ReadString(),
        'o' => reader.ReadObjectPathAsString(),
        'g' => reader.ReadSignatureAsString(),
        'b' => reader.ReadBool(),
        'y' => (long)reader.ReadByte(),
        'n' => (long)reader.ReadInt16(),
        'q' => (long)reader.ReadUInt16(),
        'i' => (long)reader.ReadInt32(),
        'u' => (long)reader.ReadUInt32(),
        'x' => reader.ReadInt64(),
        't' => unchecked((long)reader.ReadUInt64()),
        'd' => reader.ReadDouble(),
        _ => throw new DBusReadException($"There is no type '{type}'."),
    };

    private static object ReadArray(ref Reader reader, scoped ReadOnlySpan<char> element, int depth)
    {
        if (element is "y") return reader.ReadArrayOfByte();
        var values = new List<object>();
        var end = reader.ReadArrayStart((DBusType)element[0]);
        while (reader.HasNext(end))
        {
            if (ReadOne(ref reader, element, depth) is { } value) values.Add(value);
        }

        if (element is "s" or "o" or "g") return values.Cast<string>().ToArray();
        return element[0] == '{' ? ToDictionary(values) : values.ToArray();
    }

    private static Dictionary<string, object> ToDictionary(List<object> values)
    {
        var entries = new Dictionary<string, object>();
        foreach (var value in values)
            if (value is object[] and [var key, var entry]) entries[$"{key}"] = entry;
        return entries;
    }

    /// <summary>How long the first whole type of several is.</summary>
    private static int FirstLength(scoped ReadOnlySpan<char> types)
    {
        var (length, open) = (0, 0);
        char letter;
        do
        {
            if (length == types.Length) throw new DBusReadException("A type breaks off.");
            letter = types[length++];
            if (letter is '(' or '{') open++;
            if (letter is ')' or '}') open--;
        }
        while (open > 0 || letter == 'a');

        return length;
    }
}
