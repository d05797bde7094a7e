using System.Runtime.InteropServices;

namespace DriverMonitor.Camera;

/// <summary>
/// Landlock: the decoder sees programs and libraries, and nothing that is kept of a driver; nor may it connect. From Linux 5.13
/// on where the kernel has it; the filter of system calls holds without it.
/// </summary>
internal static partial class DecoderFiles
{
    private const int CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    private const int AskVersion = 1;
    private const int PathBeneath = 1;
    private const int OpenPath = 0x20_0000, CloseOnExec = 0x8_0000;

    private const ulong Execute = 1, ReadFile = 4, ReadFolder = 8;

    // What the first version can refuse: every way to use a file or a folder. Later ones add what is refused here as well.
    private const ulong EveryUseOfFiles = (1 << 13) - 1;
    private const ulong BindAndConnect = 3;
    private const int VersionWithNetwork = 4;

    private static readonly string[] Readable =
    [
        "/usr", "/lib", "/lib64", "/bin", "/opt", "/nix", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives",
        "/etc/localtime", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system", "/dev/null",
    ];

    /// <summary>Confines this process and what it becomes. False where the kernel does not have it.</summary>
    /// <param name="program">What is run next: its folder may be read too.</param>
    public static unsafe bool Apply(string program)
    {
        var version = (int)Call(CreateRuleset, 0, 0, AskVersion, 0);
        if (version < 1) return false;
        var handled = stackalloc ulong[2] { EveryUseOfFiles, version >= VersionWithNetwork ? BindAndConnect : 0 };
        var size = version >= VersionWithNetwork ? 2 * sizeof(ulong) : sizeof(ulong);
        var rules = (int)Call(CreateRuleset, (nint)handled, size, 0, 0);
        if (rules < 0) return false;
        foreach (var path in Readable.Append(Path.GetDirectoryName(program) ?? "/")) Add(rules, path);
        return Call(RestrictSelf, rules, 0, 0, 0) == 0;
    }

    private static unsafe void Add(int rules, string path)
    {
        var file = Open(path, OpenPath | CloseOnExec);
        if (file < 0) return;
        var rule = new Rule { Access = Directory.Exists(path) ? Execute | ReadFile | ReadFolder : ReadFile, Parent = file };
        _ = Call(AddRule, rules, PathBeneath, (nint)(&rule), 0);
        _ = Close(file);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    /// <summary>The kernel's <c>struct landlock_path_beneath_attr</c>, which is packed.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Rule
    {
        public ulong Access;
        public int Parent;
    }
}
