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

    /// <summary>Whether anybody of this name may connect at all.</summary>
    public static bool IsKnown(string user) => TopicName.IsName(user) || Viewers.Contains(user) || user == CommandUser;

    public static bool MayPublish(BrokerUser user, string topic)
    {
        const int WithoutLeaf = 5;
        var all = topic.AsSpan();
        Span<Range> parts = stackalloc Range[WithoutLeaf + 1];
        var count = all.ContainsAny('+', '#') ? 0 : all.Split(parts, '/');
        if (count < WithoutLeaf || all[parts[0]] is not "dm" || all[parts[1]] is not "v1") return false;
        if (!all[parts[2]].SequenceEqual(user.Tenant)) return false;
        var channel = all[parts[4]];
        var hasLeaf = count > WithoutLeaf;
        if (user.Name == CommandUser) return channel is "cmd" && hasLeaf;
        return TopicName.IsName(user.Name) && all[parts[3]].SequenceEqual(user.Name)
            && (hasLeaf ? channel is "alert" or "cmdack" : channel is "status" or "state" or "health" or "trip" or "audit");
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
