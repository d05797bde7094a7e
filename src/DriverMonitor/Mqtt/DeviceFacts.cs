using DriverMonitor.Files;

namespace DriverMonitor.Mqtt;

/// <summary>What others are told of the device itself.</summary>
/// <param name="Model">As the board calls itself; null where it does not.</param>
/// <param name="Page">Where its page is reached from the network; null where it is not.</param>
internal sealed record DeviceFacts(string? Model, Uri? Page)
{
    private const int LongestModel = 64;

    /// <summary>A device tree's name, or the one that a PC's firmware keeps.</summary>
    private static readonly string[] Names = ["/sys/firmware/devicetree/base/model", "/sys/class/dmi/id/product_name"];

    public static DeviceFacts Read(Uri? page) => new(Names.Select(ReadModel).FirstOrDefault(name => name is not null), page);

    private static string? ReadModel(string file)
    {
        try
        {
            var name = StoredFile.ReadText(file).Trim('\0', '\n', ' ');
            return name.Length is > 0 and <= LongestModel && !name.Any(char.IsControl) ? name : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Where the page is reached from the network, once that is known.</summary>
internal sealed record NetworkPage(Uri? Address);
