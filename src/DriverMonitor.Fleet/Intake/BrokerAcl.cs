using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// Who may do what at the broker inside: the same rules as <c>deploy/mosquitto/vehicles.acl</c>. A vehicle writes its own
/// topics and
/// reads its own orders; those who watch read; one place gives orders. Names with a dot cannot be a vehicle's.
/// </summary>
internal static class BrokerAcl
{
    public const string CommandUser = "fleet.command";

    private static readonly HashSet<string> Viewers = ["fleet.viewer", "fleet.node-red", "fleet.home-assistant"];
    private static readonly HashSet<string> Single = ["status", "state", "health", "trip", "audit"];
    private static readonly HashSet<string> Below = ["alert", "cmdack"];

    /// <summary>Whether anybody of this name may connect at all.</summary>
    public static bool IsKnown(string user) => TopicName.IsName(user) || Viewers.Contains(user) || user == CommandUser;

    public static bool MayPublish(BrokerUser user, string topic)
    {
        if (topic.AsSpan().ContainsAny('+', '#')) return false;
        var parts = topic.Split('/');
        if (parts is not ["dm", "v1", var tenant, var vehicle, var channel, ..] || tenant != user.Tenant) return false;
        if (user.Name == CommandUser) return channel == "cmd" && parts.Length > 5;
        return TopicName.IsName(user.Name) && vehicle == user.Name
            && (Single.Contains(channel) && parts.Length == 5 || Below.Contains(channel) && parts.Length > 5);
    }

    public static bool MaySubscribe(BrokerUser user, string filter)
    {
        if (Viewers.Contains(user.Name)) return IsBelow(filter, $"dm/v1/{user.Tenant}/");
        if (user.Name == CommandUser)
            return filter.Split('/') is ["dm", "v1", var tenant, _, "cmdack", ..] && tenant == user.Tenant;
        return TopicName.IsName(user.Name)
            && (IsBelow(filter, $"dm/v1/{user.Tenant}/{user.Name}/cmd/") || IsBelow(filter, $"dm/v1/{user.Tenant}/{user.Name}/in/"));
    }

    private static bool IsBelow(string filter, string root) => filter.StartsWith(root, StringComparison.Ordinal);
}

/// <summary>Somebody at the broker inside, as the certificate or the password proved.</summary>
internal readonly record struct BrokerUser(string Tenant, string Name);
