using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// Which vehicles a staged update means: each finds its own place from 0 to 99, another one for each version, so that the same
/// vehicles do not try every version first. Who was meant by 10 percent is meant by 50.
/// </summary>
public static class Rollout
{
    /// <param name="address">The vehicle as orders name it: <c>tenant/vehicle</c>.</param>
    /// <param name="percent">0 for none, 100 for all.</param>
    public static bool Includes(string address, string version, int percent) => PlaceOf(address, version) < percent;

    /// <summary>From 0 to 99.</summary>
    public static int PlaceOf(string address, string version) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{version}\n{address}"))) % 100);
}
