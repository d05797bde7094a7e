using System.Runtime.InteropServices;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>Reads a message into values of .NET; what it has no use for (file descriptors) it leaves out.</summary>
internal static class MessageReader
{
    public static BusMessage Read(MessageHandle message)
    {
        Check(LibSystemd.GetType(message, out var kind));
        var answers = LibSystemd.GetReplyCookie(message, out var cookie) >= 0;
        return new(
            (BusMessageKind)kind, Text(LibSystemd.GetPath(message)), Text(LibSystemd.GetInterface(message)), Text(LibSystemd.GetMember(message)),
            ReadAll(message), answers ? cookie : 0, kind == (byte)BusMessageKind.Error ? Error(message) : null);
    }

    private static BusError? Error(MessageHandle message)
    {
        var error = LibSystemd.GetError(message);
        return error == 0 ? null : new(Text(Marshal.ReadIntPtr(error)), Text(Marshal.ReadIntPtr(error, IntPtr.Size)));
    }

    /// <summary>The values up to the end of the message or of the container that was entered.</summary>
    private static List<object> ReadAll(MessageHandle message)
    {
        var values = new List<object>();
        while (Check(LibSystemd.PeekType(message, out var type, out var contents)) > 0)
        {
            if (ReadOne(message, (char)type, contents) is { } value) values.Add(value);
        }

        return values;
    }

    private static object? ReadOne(MessageHandle message, char type, nint contents)
    {
        switch (type)
        {
            case 'a': return ReadArray(message, contents);
            case 'v': return ReadContainer(message, type, contents) is [var only, ..] ? only : null;
            case 'r' or 'e': return ReadContainer(message, type, contents).ToArray();
            case 'h':
                Check(LibSystemd.Skip(message, 0));
                return null;
            default: return ReadBasic(message, type);
        }
    }

    private static object ReadBasic(MessageHandle message, char type)
    {
        Check(LibSystemd.ReadBasic(message, (byte)type, out var bits));
        return type switch
        {
            's' or 'o' or 'g' => Text((nint)bits),
            'b' => (int)bits != 0,
            'y' => (long)(byte)bits,
            'n' => (long)(short)bits,
            'q' => (long)(ushort)bits,
            'i' => (long)(int)bits,
            'u' => (long)(uint)bits,
            'd' => BitConverter.Int64BitsToDouble(bits),
            _ => bits,
        };
    }

    private static object ReadArray(MessageHandle message, nint contents)
    {
        var element = Text(contents);
        if (element == "y") return ReadBytes(message);
        var values = ReadContainer(message, 'a', contents);
        if (element is "s" or "o" or "g") return values.Cast<string>().ToArray();
        if (element[0] != '{') return values.ToArray();

        var entries = new Dictionary<string, object>();
        foreach (var value in values)
            if (value is object[] and [var key, var entry]) entries[$"{key}"] = entry;
        return entries;
    }

    private static byte[] ReadBytes(MessageHandle message)
    {
        Check(LibSystemd.ReadArray(message, (byte)'y', out var start, out var count));
        var bytes = new byte[(int)count];
        if (bytes.Length > 0) Marshal.Copy(start, bytes, 0, bytes.Length);
        return bytes;
    }

    private static List<object> ReadContainer(MessageHandle message, char type, nint contents)
    {
        Check(LibSystemd.Enter(message, (byte)type, contents));
        var values = ReadAll(message);
        Check(LibSystemd.Exit(message));
        return values;
    }

    private static string Text(nint pointer) => Marshal.PtrToStringUTF8(pointer) ?? "";

    private static int Check(int result) =>
        result >= 0 ? result : throw BusException.Of("A message of the system bus could not be read", result);
}
