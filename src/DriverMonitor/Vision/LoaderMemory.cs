using System.Runtime;
using System.Runtime.InteropServices;

namespace DriverMonitor.Vision;

/// <summary>
/// Gives back what loading the models took and nobody needs any more: their files' bytes on the managed heap, and what the
/// runtime's parser left free in every arena of the C library, and code. About 20 MB of a service's memory, for 20 ms before the
/// first picture and again when the optional networks are loaded.
/// </summary>
internal static partial class LoaderMemory
{
    // Of malloc.h.
    private const int ArenaMax = -8, MmapThreshold = -3, TrimThreshold = -1;

    private const int LargeBlock = 64 << 10, MostSpare = 128 << 10;

    /// <summary>The mesh's largest is 1.2 MB; a few of the phone detector's are larger, twice a second.</summary>
    private const int LargestBetweenLayers = 1536 << 10, BetweenLayers = 6 << 20;

    /// <summary>
    /// Threads share one arena of the C library, so that what one of them frees another one finds, and large blocks go back to
    /// the system when they are freed. Call it first of all, and before other networks are loaded. The judging thread allocates
    /// nothing, so nobody waits.
    /// </summary>
    public static void KeepSmall()
    {
        try
        {
            _ = SetOption(ArenaMax, 1);
            _ = SetOption(MmapThreshold, LargeBlock);
            _ = SetOption(TrimThreshold, MostSpare);
        }
        catch (EntryPointNotFoundException)
        {
            // another C library keeps its own house
        }
    }

    /// <summary>
    /// From the first picture on: what a network needs between its layers is taken and freed a hundred times a picture, and must
    /// not come from the system each time. The faults of its pages took 12 % of a replay's processor time, the networks 32 %.
    /// </summary>
    public static void KeepWarm()
    {
        try
        {
            _ = SetOption(MmapThreshold, LargestBetweenLayers);
            _ = SetOption(TrimThreshold, BetweenLayers);
        }
        catch (EntryPointNotFoundException)
        {
            // another C library keeps its own house
        }
    }

    public static void Release()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // another C library keeps its own house
        }

        ProgramCode.TryRelease();
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int name, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint pad);
}
