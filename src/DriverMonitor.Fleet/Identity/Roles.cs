namespace DriverMonitor.Fleet.Identity;

/// <summary>What a person may do in a tenant. Who runs the installation sees no events by that.</summary>
internal static class Roles
{
    /// <summary>Sees vehicles and alerts, no values.</summary>
    public const string Viewer = "viewer";

    /// <summary>Reviews, and asks vehicles for a fault search.</summary>
    public const string Operator = "operator";

    /// <summary>Erases, exports, and reads who looked at what.</summary>
    public const string Privacy = "privacy";

    /// <summary>Accounts and webhooks; no events.</summary>
    public const string Administrator = "administrator";

    public static readonly IReadOnlyList<string> Known = [Viewer, Operator, Privacy, Administrator];

    public static IReadOnlySet<string> ScopesOf(IEnumerable<string> roles) => roles.SelectMany(role => role switch
    {
        Viewer => [ApiToken.Read],
        Operator => [ApiToken.Read, ApiToken.Values, ApiToken.Review, ApiToken.Orders],
        Privacy => [ApiToken.Read, ApiToken.Export, ApiToken.Erase, ApiToken.Audit],
        Administrator => [ApiToken.Accounts, ApiToken.Webhooks, ApiToken.Audit],
        _ => (string[])[],
    }).ToHashSet();
}
