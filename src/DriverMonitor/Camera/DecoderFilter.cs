using System.Runtime.InteropServices;

namespace DriverMonitor.Camera;

/// <summary>
/// The seccomp filter of a decoder, as the kernel's own small program. It holds for what this process becomes by execve, and
/// cannot be taken back.
/// </summary>
internal static partial class DecoderFilter
{
    private const uint Allow = 0x7fff_0000, Refuse = 0x0005_0000, Kill = 0x8000_0000;
    private const uint NotPermitted = 1, NoSuchCall = 38;
    private const ushort Load = 0x20, IfEqual = 0x15, IfAtLeast = 0x35, And = 0x54, Return = 0x06;
    private const uint Number = 0, Architecture = 4, FirstArgument = 16;

    // In x86-64's other numbering (x32) the same calls would have numbers that no row names.
    private const uint OtherNumbers = 0x4000_0000;

    private const int SetNoNewPrivileges = 38, SetSeccomp = 22, FilterMode = 2;
    private const int BadAddress = 14;

    /// <summary>Whether this kernel can confine a decoder, and this processor's calls are known; changes nothing.</summary>
    /// <remarks>Where there are filters, one at no address is a bad address; where there are none, an unknown request.</remarks>
    public static bool IsSupported =>
        ProgramOf(RuntimeInformation.ProcessArchitecture) is not null
        && Control(SetSeccomp, FilterMode, 0, 0, 0) != 0
        && Marshal.GetLastPInvokeError() == BadAddress;

    /// <summary>
    /// Confines this process. False where the kernel has no filters, or this processor's calls are not known here.
    /// </summary>
    public static unsafe bool Apply()
    {
        if (ProgramOf(RuntimeInformation.ProcessArchitecture) is not { } program) return false;
        fixed (Instruction* first = program)
        {
            var whole = new Program { Length = (ushort)program.Length, First = (nint)first };
            return Control(SetNoNewPrivileges, 1, 0, 0, 0) == 0 && Control(SetSeccomp, FilterMode, (nint)(&whole), 0, 0) == 0;
        }
    }

    private static Instruction[]? ProgramOf(Architecture machine)
    {
        var isArm = machine == System.Runtime.InteropServices.Architecture.Arm64;
        if (!isArm && machine != System.Runtime.InteropServices.Architecture.X64) return null;
        List<Instruction> program =
        [
            new(Load, 0, 0, Architecture),
            new(IfEqual, 1, 0, isArm ? 0xC000_00B7 : 0xC000_003E),
            new(Return, 0, 0, Kill),
            new(Load, 0, 0, Number),
            new(IfAtLeast, 0, 1, OtherNumbers),
            new(Return, 0, 0, Refuse | NoSuchCall),
        ];
        foreach (var (x64, arm64) in DecoderCalls.Allowed)
        {
            if ((isArm ? arm64 : x64) is >= 0 and var call)
                program.AddRange([new(IfEqual, 0, 1, (uint)call), new(Return, 0, 0, Allow)]);
        }

        foreach (var (x64, arm64, argument, mask, value) in DecoderCalls.Narrowed)
        {
            if ((isArm ? arm64 : x64) is >= 0 and var call)
                program.AddRange(
                [
                    new(IfEqual, 0, 5, (uint)call),
                    // Low half first: both machines count from there, and the flags that matter lie in it.
                    new(Load, 0, 0, FirstArgument + (8 * (uint)argument)),
                    new(And, 0, 0, mask),
                    new(IfEqual, 0, 1, value),
                    new(Return, 0, 0, Allow),
                    new(Return, 0, 0, Refuse | NotPermitted),
                ]);
        }

        program.AddRange(
        [
            new(IfEqual, 0, 1, (uint)DecoderCalls.Clone3),
            new(Return, 0, 0, Refuse | NoSuchCall),
            new(Return, 0, 0, Refuse | NotPermitted),
        ]);
        return [.. program];
    }

    // Variadic in C; integers arrive the same way on x86-64 and on Linux's arm64.
    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int what, nint first, nint second, nint third, nint fourth);

    /// <summary>The kernel's <c>struct sock_filter</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary>The kernel's <c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public nint First;
    }
}
