using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Setup;

/// <summary>A password on disk that nobody but its owner could ever read, not even for a moment.</summary>
internal static class SecretFile
{
    public static void Write(string path, string secret)
    {
        try
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
            var next = path + ".new";
            using (var file = PrivateFile.Create(next))
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
