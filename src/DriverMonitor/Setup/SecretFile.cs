using DriverMonitor.Host;

namespace DriverMonitor.Setup;

/// <summary>A password on disk that nobody but its owner could ever read, not even for a moment.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, string secret)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
            var next = path + ".new";
            using (var file = new FileStream(next, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            using (var text = new StreamWriter(file))
                text.WriteLine(secret);
            File.Move(next, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Password file {path} cannot be written: {e.Message} Run setup as root.", e);
        }
    }
}
