using System.Runtime.InteropServices;
using System.Text;

namespace DriverMonitor.Files;

/// <summary>
/// The one guard before a foreign file is opened, whatever names it: a command line, a settings file, a folder. What could block,
/// never end or is no file at all is refused in one line.
/// </summary>
internal static class InputFile
{
    /// <summary>A year of heartbeats is smaller; what is larger is not a text that somebody meant.</summary>
    public const long LargestText = 256L << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Null for a file that may be opened (or a folder, where one is allowed); otherwise what is wrong with it, as a clause.
    /// </summary>
    public static string? Fault(string path, bool mayBeFolder = false)
    {
        if (string.IsNullOrWhiteSpace(path)) return "has no name";
        if (path.Contains('\0', StringComparison.Ordinal)) return "holds a NUL in its name";
        if (FileStatus.Of(path, out var error) is not { } status) return Missing(error);
        return status.Kind switch
        {
            FileKind.File => FileStatus.IsKernels(path)
                ? "belongs to the kernel and may never end; save what it says to a file first"
                : null,
            FileKind.Folder => mayBeFolder ? null : "is a folder",
            FileKind.Pipe => "is a pipe, which can be read only once and may never end; save it to a file first",
            FileKind.Device => "is a device, not a file",
            FileKind.Socket => "is a socket, not a file",
            _ => "is not a file",
        };
    }

    /// <exception cref="InputException">It may not be opened.</exception>
    public static void Require(string what, string path, bool mayBeFolder = false)
    {
        if (Fault(path, mayBeFolder) is { } fault) throw new InputException($"{what} {path} {fault}. Name another one.");
    }

    /// <summary>
    /// The whole of a text file: UTF-8, UTF-16 with its mark, or else Latin-1, in which old exports are written.
    /// </summary>
    /// <param name="isStrict">Refuse what is neither UTF-8 nor UTF-16.</param>
    /// <exception cref="InputException">It may not be opened, is too large, cannot be read, or is no text.</exception>
    public static string ReadText(string what, string path, bool isStrict = false, long largest = LargestText)
    {
        var bytes = ReadBytes(what, path, largest);
        if (bytes is [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3, 4, ..])
            throw new InputException($"{what} {path} is compressed. Unpack it first.");
        if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        if (bytes is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
        if (Array.IndexOf(bytes, (byte)0) is >= 0 and var nul)
            throw new InputException($"{what} {path} is no text file (byte {nul} is NUL). Name another one.");
        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            return StrictUtf8.GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException e)
        {
            if (!isStrict) return Encoding.Latin1.GetString(bytes, start, bytes.Length - start);
            throw new InputException($"{what} {path} is not UTF-8 (byte {start + e.Index}). Save it as UTF-8.", e);
        }
    }

    /// <inheritdoc cref="ReadText"/>
    public static byte[] ReadBytes(string what, string path, long largest = LargestText) =>
        Read(
            what,
            path,
            file =>
                file.Length <= largest
                    ? ReadAtMost(file, file.Length)
                    : throw new InputException($"{what} {path} is larger than {largest >> 20} MiB. Name another one."));

    /// <summary>The first bytes, which tell what kind of file it is; all of a shorter one.</summary>
    /// <exception cref="InputException">It may not be opened, or cannot be read.</exception>
    public static byte[] ReadStart(string what, string path, int bytes) => Read(what, path, file => ReadAtMost(file, bytes));

    /// <summary>Opens it for whoever reads it as it comes.</summary>
    /// <exception cref="InputException">It may not be opened, or cannot be read.</exception>
    public static T Read<T>(string what, string path, Func<FileStream, T> read)
    {
        Require(what, path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"{what} {path} cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Give a readable file.", e);
        }
    }

    private static byte[] ReadAtMost(FileStream file, long bytes)
    {
        var read = new byte[bytes];
        var got = file.ReadAtLeast(read, read.Length, throwOnEndOfStream: false);
        return got == read.Length ? read : read[..got];
    }

    private static string Missing(int error) => error is FileStatus.NotFound or FileStatus.NotAFolder
        ? "does not exist" : $"cannot be reached ({Marshal.GetPInvokeErrorMessage(error)})";
}
