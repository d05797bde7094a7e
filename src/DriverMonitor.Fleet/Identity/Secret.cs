using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DriverMonitor.Fleet.Identity;

/// <summary>Cookies and links: 256 bits that nobody guesses, kept as a fast hash.</summary>
internal static class Secret
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool AreSame(string said, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(expected));
}
