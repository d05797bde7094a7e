using System.Reflection;
using System.Runtime.InteropServices;
using DriverMonitor.Core.Can;
using Iot.Device.SocketCan;

namespace DriverMonitor.Vehicle.Can;

/// <summary>
/// Which frames the kernel gives to a socket. Others neither wake the reader nor push a speed out of the socket's buffer, however
/// many there are.
/// </summary>
internal static partial class CanFilter
{
    // linux/can/raw.h and linux/can.h
    private const int RawLevel = 101, FilterOption = 1;
    private const uint Extended = 0x80000000, Remote = 0x40000000;

    /// <summary>The binding's own filter (4.2.0) takes one identifier, and lets every other pass that has its bits.</summary>
    private static readonly FieldInfo? Handle =
        typeof(CanRaw).GetField("_handle", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>Whether this release of the binding lets its socket be filtered; without, all frames are read.</summary>
    public static bool IsPossible => Handle is not null && Handle.FieldType.IsSubclassOf(typeof(SafeHandle));

    /// <returns>False where the kernel refuses: all frames are read then.</returns>
    public static bool TrySet(CanRaw socket, IReadOnlyList<CanIdRange> wanted) =>
        wanted.Count > 0 && IsPossible && Handle!.GetValue(socket) is SafeHandle handle && Set(handle, Encode(wanted));

    /// <summary>As the kernel takes it: identifier and mask of each, data frames alone.</summary>
    internal static uint[] Encode(IReadOnlyList<CanIdRange> wanted)
    {
        var words = new uint[wanted.Count * 2];
        for (var i = 0; i < wanted.Count; i++)
        {
            var (id, mask) = wanted[i];
            var bits = id.IsExtended ? CanFrameId.HighestExtended : CanFrameId.HighestStandard;
            words[2 * i] = id.Value | (id.IsExtended ? Extended : 0);
            words[2 * i + 1] = (mask & bits) | Extended | Remote;
        }

        return words;
    }

    private static bool Set(SafeHandle socket, uint[] words) =>
        SetSocketOption(socket, RawLevel, FilterOption, words, (uint)words.Length * sizeof(uint)) == 0;

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetSocketOption(SafeHandle socket, int level, int option, uint[] value, uint length);
}
