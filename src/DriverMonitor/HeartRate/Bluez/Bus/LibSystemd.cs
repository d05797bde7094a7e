using System.Runtime.InteropServices;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>
/// The part of libsystemd's sd-bus that is used. No callback is ever given to it: every message comes back from
/// <see cref="Process"/>, so that no managed exception can meet a native frame. Negative results are errno values.
/// </summary>
internal static partial class LibSystemd
{
    private const string Library = "libsystemd.so.0";

    [LibraryImport(Library, EntryPoint = "sd_bus_open_system")]
    public static partial int OpenSystem(out BusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_new")]
    public static partial int New(out BusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_set_address", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetAddress(BusHandle bus, string address);

    [LibraryImport(Library, EntryPoint = "sd_bus_set_bus_client")]
    public static partial int SetBusClient(BusHandle bus, int isClient);

    [LibraryImport(Library, EntryPoint = "sd_bus_start")]
    public static partial int Start(BusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_close_unref")]
    public static partial nint CloseUnref(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_process")]
    public static partial int Process(BusHandle bus, out MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_wait")]
    public static partial int Wait(BusHandle bus, ulong microseconds);

    [LibraryImport(Library, EntryPoint = "sd_bus_send")]
    public static partial int Send(BusHandle bus, MessageHandle message, out ulong cookie);

    /// <summary>A null for the cookie says that no answer is awaited.</summary>
    [LibraryImport(Library, EntryPoint = "sd_bus_send")]
    public static partial int SendAnswer(BusHandle bus, MessageHandle message, nint noCookie);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_unref")]
    public static partial nint Unref(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_call", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NewCall(BusHandle bus, out MessageHandle message, string destination, string path, string @interface, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_return")]
    public static partial int NewReturn(MessageHandle call, out MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_errno")]
    public static partial int NewError(MessageHandle call, out MessageHandle message, int errno, nint noError);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AppendText(MessageHandle message, byte type, string value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic")]
    public static partial int AppendNumber(MessageHandle message, byte type, in int value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_open_container", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(MessageHandle message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_close_container")]
    public static partial int Close(MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_type")]
    public static partial int GetType(MessageHandle message, out byte type);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_reply_cookie")]
    public static partial int GetReplyCookie(MessageHandle message, out ulong cookie);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_path")]
    public static partial nint GetPath(MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_interface")]
    public static partial nint GetInterface(MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_member")]
    public static partial nint GetMember(MessageHandle message);

    /// <summary>A pointer to two strings, the error's name and its words; null where there is none.</summary>
    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_error")]
    public static partial nint GetError(MessageHandle message);

    /// <summary>1 and the next type, 0 at the end of a container.</summary>
    [LibraryImport(Library, EntryPoint = "sd_bus_message_peek_type")]
    public static partial int PeekType(MessageHandle message, out byte type, out nint contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_enter_container")]
    public static partial int Enter(MessageHandle message, byte type, nint contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_exit_container")]
    public static partial int Exit(MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_basic")]
    public static partial int ReadBasic(MessageHandle message, byte type, out long value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_array")]
    public static partial int ReadArray(MessageHandle message, byte type, out nint start, out nuint bytes);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_skip")]
    public static partial int Skip(MessageHandle message, nint types);
}
