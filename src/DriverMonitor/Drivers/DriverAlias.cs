using System.Security.Cryptography;
using System.Text;

namespace DriverMonitor.Drivers;

/// <summary>
/// The name under which a driver appears in records: <c>p:</c> and 16 hexadecimal digits of an HMAC under a salt that is made
/// in the vehicle and never leaves it. Whoever has only the records cannot tell who it was. It changes every 30 days.
/// </summary>
/// <param name="folder">Where the salts lie.</param>
internal sealed class DriverAlias(string folder)
{
    private readonly AliasSalts _salts = new(folder);

    /// <summary>As records that are made now name the driver.</summary>
    public string Of(string driver) => Of(driver, _salts.Read()[0]);

    /// <summary>Every name under which something may be kept of the driver, the present one first.</summary>
    public IReadOnlyList<string> AllOf(string driver) => [.. _salts.Read().Select(salt => Of(driver, salt))];

    private static string Of(string driver, AliasSalt salt) =>
        $"p:{Convert.ToHexStringLower(HMACSHA256.HashData(salt.Bytes, Encoding.UTF8.GetBytes(driver)))[..16]}";
}
