using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Files;

namespace DriverMonitor.Drivers;

/// <summary>
/// The name under which a driver appears in records: <c>p:</c> and 16 hexadecimal digits of an HMAC under a salt that is made
/// in the vehicle and never leaves it. Whoever has only the records cannot tell who it was.
/// </summary>
internal sealed class DriverAlias
{
    private const int SaltBytes = 32;
    private static readonly Lock Making = new();
    private readonly byte[] _salt;

    /// <param name="folder">Where <c>alias.salt</c> lies; made if it is not there.</param>
    public DriverAlias(string folder)
    {
        PrivateFile.CreateFolder(folder);
        var file = Path.Combine(folder, "alias.salt");
        lock (Making)
        {
            if (!File.Exists(file)) Make(file);
        }

        _salt = StoredFile.ReadBytes(file);
    }

    public string Of(string driver) =>
        $"p:{Convert.ToHexStringLower(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(driver)))[..16]}";

    private static void Make(string file)
    {
        var next = $"{file}.{Environment.ProcessId}";
        // Whoever can read it can try names until one fits.
        using (var stream = PrivateFile.Create(next))
        {
            stream.Write(RandomNumberGenerator.GetBytes(SaltBytes));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(next, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // The service and the command line began at the same moment; the first salt counts.
            File.Delete(next);
        }
    }
}
