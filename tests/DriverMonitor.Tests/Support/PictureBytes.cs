using System.Text;

namespace DriverMonitor.Tests.Support;

/// <summary>Finds pictures in files where there must be none, by how they begin: as they are, and as base64.</summary>
internal static class PictureBytes
{
    private static readonly (string Name, byte[] Begins)[] Signatures =
    [
        ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0]), ("JPEG", [0xFF, 0xD8, 0xFF, 0xE1]), ("JPEG", [0xFF, 0xD8, 0xFF, 0xDB]),
        ("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]), ("WebP", Encoding.ASCII.GetBytes("WEBPVP8")), ("AVIF or HEIC", Encoding.ASCII.GetBytes("ftypavif")),
        ("base64 JPEG", Encoding.ASCII.GetBytes("/9j/4")), ("base64 PNG", Encoding.ASCII.GetBytes("iVBORw0KGgo")), ("data URL", Encoding.ASCII.GetBytes("data:image")),
    ];

    /// <summary>What was found, and in which file.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        [.. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            let bytes = File.ReadAllBytes(file)
            from signature in Signatures
            where bytes.AsSpan().IndexOf(signature.Begins) >= 0
            select $"{signature.Name} in {file}"];
}
