using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace DriverMonitor.Fleet.Intake;

/// <summary>Who is connected at the broker inside, under which client id and with which certificate.</summary>
internal sealed class BrokerConnections
{
    private readonly ConcurrentDictionary<string, Connection> _connected = new();

    /// <summary>
    /// False for a client id that is somebody else's: taking it would throw that vehicle out. The vehicle's own program calls
    /// itself <c>dm-TENANT-VEHICLE</c>, and its further connections that with a part's name behind.
    /// </summary>
    public bool TryAdd(string clientId, BrokerUser user, X509Certificate2? certificate)
    {
        const string Product = "dm-";
        var own = $"{Product}{user.Tenant}-{user.Name}";
        if (clientId.StartsWith(Product, StringComparison.Ordinal)
            && clientId != own && !clientId.StartsWith(own + "-", StringComparison.Ordinal)) return false;
        var connection = new Connection(user, certificate);
        return _connected.AddOrUpdate(clientId, connection, (_, now) => now.User == user ? connection : now) == connection;
    }

    public void Remove(string clientId) => _connected.TryRemove(clientId, out _);

    public IReadOnlyList<string> WithCertificate(Func<X509Certificate2, bool> isWanted) =>
        [.. _connected.Where(one => one.Value.Certificate is { } certificate && isWanted(certificate)).Select(one => one.Key)];

    private sealed record Connection(BrokerUser User, X509Certificate2? Certificate);
}
