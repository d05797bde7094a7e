using DriverMonitor.Camera;

namespace DriverMonitor.Tests.Camera;

/// <summary>Camera commands as small shell scripts in a folder of their own.</summary>
public sealed class CommandScripts : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("camera-");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A script for sh that runs in this folder; gives its path.</summary>
    public string Write(string name, string body)
    {
        File.WriteAllText(PathOf(name), $"cd '{_folder.FullName}'\n{body}\n");
        return PathOf(name);
    }

    /// <summary>The script as a camera with grey pictures of 64x64 pixels, 4096 bytes each.</summary>
    internal CommandCamera Camera(string body, CommandFormat format = CommandFormat.Gray8, TimeProvider? time = null) =>
        new(
            new CameraSettings
            {
                Kind = CameraKind.Command,
                Command = "sh",
                Arguments = [Write("camera", body)],
                Format = format,
                Width = 64,
                Height = 64,
            },
            time ?? TimeProvider.System);

    public void Dispose() => _folder.Delete(recursive: true);
}
