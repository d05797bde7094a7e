using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DriverMonitor.Fleet.Webhooks;

/// <summary>
/// Where a webhook may be sent: to the public network, and to hosts of the operator's own that the settings name. Whoever may
/// set a webhook must not be able to reach the metadata service of a cloud, the database, or this program itself.
/// </summary>
internal static class TargetGuard
{
    private const int LongestUrl = 500;

    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // A cloud's platform service, at an address that looks public.
            "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>All of IPv6 that is given out to the public network; whatever is not in it is something else.</summary>
    private static readonly IPNetwork PublicIPv6 = IPNetwork.Parse("2000::/3");

    /// <summary>Names that never lead to the public network (RFC 6761, 6762, 8375, 9476), wherever they lead to here.</summary>
    private static readonly string[] LocalNames = ["localhost", "local", "internal", "home.arpa", "alt"];

    // An IPv4 address inside of these decides, wherever it stands in them.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96"), SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>What is wrong with an address for a webhook, in words; null where nothing is.</summary>
    /// <param name="named">Hosts of the operator's own, which may be private and without encryption.</param>
    public static string? Fault(string url, IReadOnlyList<string> named)
    {
        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return "url must be an address such as https://hooks.example.com/fleet";
        // Other letters of the same looks are numbers to some resolvers; a name in another script has an ASCII form.
        if (!Ascii.IsValid(uri.Host)) return "url must name its host in ASCII (xn--...)";
        if (uri.UserInfo.Length > 0) return "url must not carry a user or a password";
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && IsNamed(uri.IdnHost, named)))
            return "url must begin with https://";
        var isPrivate = IPAddress.TryParse(uri.IdnHost.Trim('[', ']').Split('%')[0], out var address)
            ? !IsAllowed(address, uri.IdnHost, named)
            : IsLocalName(uri.IdnHost) && !IsNamed(uri.IdnHost, named);
        return isPrivate
            ? "url leads into a private network; name its host in Fleet:Web:PrivateWebhookHosts to allow it"
            : null;
    }

    /// <summary>
    /// Asked of every address that a name leads to, at the moment of connecting: a name may lead elsewhere by then.
    /// </summary>
    public static bool IsAllowed(IPAddress address, string host, IReadOnlyList<string> named) =>
        IsNamed(host, named) || IsPublic(address);

    private static bool IsNamed(string host, IReadOnlyList<string> named) =>
        named.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);

    private static bool IsLocalName(string host)
    {
        var name = host.TrimEnd('.');
        return Array.Exists(LocalNames, local => name.Equals(local, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith($".{local}", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var bytes = address.GetAddressBytes();
            if (Nat64.Contains(address)) return IsPublic(new(bytes.AsSpan(12, 4)));
            if (SixToFour.Contains(address)) return IsPublic(new(bytes.AsSpan(2, 4)));
            if (!PublicIPv6.Contains(address)) return false;
        }

        return !Array.Exists(Refused, network => network.BaseAddress.AddressFamily == address.AddressFamily
            && network.Contains(address));
    }
}
