using System.Globalization;
using System.Runtime.InteropServices;

namespace DriverMonitor.Vision;

/// <summary>
/// Takes the code of the program and its libraries off the process's own account. Most of what was read in is for starting and
/// for loading models, and is not run again; what is comes back from the system's cache, sixteen pages at a time. Nothing is
/// lost: code is never written to, and a mapping that was is left alone.
/// </summary>
internal static partial class ProgramCode
{
    private const int DontNeed = 4; // MADV_DONTNEED
    private const string Dirty = "Private_Dirty:", Resident = "Rss:";

    /// <summary>Smaller ones are not worth the faults that bring them back.</summary>
    private const int LeastKiB = 512;

    /// <summary>
    /// Of all libraries; about a millisecond's faults later. A system that does not say what is mapped keeps it.
    /// </summary>
    public static void TryRelease()
    {
        try
        {
            foreach (var (start, length) in Untouched(File.ReadLines("/proc/self/smaps"))) _ = Advise(start, length, DontNeed);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or IOException or UnauthorizedAccessException)
        {
            // nothing is lost but room
        }
    }

    /// <summary>
    /// Mappings of files that may be run, or read together with others, and not written, and of which no page was changed.
    /// </summary>
    /// <param name="lines">As the kernel writes smaps: a mapping's line, then its figures.</param>
    internal static List<(nint Start, nuint Length)> Untouched(IEnumerable<string> lines)
    {
        var found = new List<(nint, nuint)>();
        (nint Start, nuint Length)? mapping = null;
        var isLarge = false;
        foreach (var line in lines)
        {
            if (Code(line) is { } code) (mapping, isLarge) = (code, false);
            else if (IsMapping(line)) mapping = null;
            else if (line.StartsWith(Resident, StringComparison.Ordinal)) isLarge = KiB(line[Resident.Length..]) >= LeastKiB;
            else if (line.StartsWith(Dirty, StringComparison.Ordinal) && KiB(line[Dirty.Length..]) == 0 && isLarge
                && mapping is { } clean)
                found.Add(clean);
        }

        return found;
    }

    /// <summary>Figures begin with a capital letter and a mapping with its address.</summary>
    private static bool IsMapping(string line) => line.Length > 0 && char.IsAsciiHexDigitLower(line[0]);

    private static (nint Start, nuint Length)? Code(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var range, "r-xp" or "r--s", _, _, not "0", ..] || range.Split('-') is not [var from, var until]) return null;
        return nint.TryParse(from, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            && nint.TryParse(until, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end)
            ? (start, (nuint)(end - start))
            : null;
    }

    private static int KiB(string figure) =>
        int.TryParse(figure.Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var kib) ? kib : 0;

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nuint length, int advice);
}
