using System.Net;
using System.Net.Sockets;

namespace DriverMonitor.Fleet.Identity;

/// <summary>
/// Five wrong passwords of one client in a quarter of an hour lock that client out, a hundred of all clients lock everybody out:
/// addresses are cheap. Who has signed in already is not disturbed.
/// </summary>
internal sealed class SignInLock(TimeProvider time)
{
    public const int MostOfOne = 5, MostOfAll = 100;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly List<(string Client, long At)> _tries = [];

    /// <summary>
    /// Counts a try before it is judged, as if it were wrong: hashing takes so long that hundreds sent at once would all be
    /// judged before the first is found wrong.
    /// </summary>
    /// <returns>How long to wait; null if the try may be judged.</returns>
    public TimeSpan? Reserve(IPAddress? from)
    {
        var client = ClientOf(from);
        lock (_gate)
        {
            _tries.RemoveAll(one => time.GetElapsedTime(one.At) >= Window);
            var own = _tries.Where(one => one.Client == client).Select(one => one.At).ToList();
            if (own.Count >= MostOfOne) return Window - time.GetElapsedTime(own[0]);
            if (_tries.Count >= MostOfAll) return Window - time.GetElapsedTime(_tries[0].At);
            _tries.Add((client, time.GetTimestamp()));
            return null;
        }
    }

    /// <summary>The password was right: what this client tried before no longer counts.</summary>
    public void Reset(IPAddress? from)
    {
        var client = ClientOf(from);
        lock (_gate) _tries.RemoveAll(one => one.Client == client);
    }

    /// <summary>A client of IPv6 has 2^64 addresses of its own.</summary>
    private static string ClientOf(IPAddress? from)
    {
        if (from is null) return "";
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        return from.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)) : $"{from}";
    }
}
