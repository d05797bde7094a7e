using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DriverMonitor.Tests.Support;

/// <summary>A serial port of the kernel's whose other end is the test: plugged in as a file below a folder, pulled out, back.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NoControl = 0x100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drivermonitor-pty-");
    private FileStream? _device;

    /// <summary>What the program opens.</summary>
    public string Port => Path.Combine(_folder.FullName, "ttyUSB0");

    public void PlugIn()
    {
        var name = new byte[64];
        var handle = new SafeFileHandle(posix_openpt(ReadWrite | NoControl), ownsHandle: true);
        if (handle.IsInvalid || grantpt(handle) != 0 || unlockpt(handle) != 0 || ptsname_r(handle, name, name.Length) != 0)
            throw new IOException("The kernel gives no pseudo-terminal.");
        _device = new(handle, FileAccess.ReadWrite, bufferSize: 0);
        File.CreateSymbolicLink(Port, Encoding.ASCII.GetString(name).TrimEnd('\0'));
    }

    /// <summary>Whoever reads it is hung up on, and the file is gone.</summary>
    public void PullOut()
    {
        File.Delete(Port);
        _device?.Dispose();
        _device = null;
    }

    public void Send(ReadOnlySpan<byte> bytes) => _device!.Write(bytes);

    public void Dispose()
    {
        PullOut();
        _folder.Delete(recursive: true);
    }

#pragma warning disable IDE1006, SA1300 // named as in the C library
    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc")]
    private static extern int grantpt(SafeFileHandle terminal);

    [DllImport("libc")]
    private static extern int unlockpt(SafeFileHandle terminal);

    [DllImport("libc")]
    private static extern int ptsname_r(SafeFileHandle terminal, byte[] name, nint length);
#pragma warning restore IDE1006, SA1300
}
