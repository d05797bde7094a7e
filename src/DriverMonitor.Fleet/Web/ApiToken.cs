namespace DriverMonitor.Fleet.Web;

/// <summary>Who asks, and for what: every token belongs to one tenant and sees nothing of another.</summary>
internal sealed record ApiToken(int Id, string Name, int Tenant, string TenantName, IReadOnlySet<string> Scopes)
{
    /// <summary>Sees vehicles, alerts, findings and lag.</summary>
    public const string Read = "read";

    /// <summary>Marks an episode true, false or unclear.</summary>
    public const string Review = "review";

    /// <summary>Takes data out in bulk.</summary>
    public const string Export = "export";

    /// <summary>Asks for erasures, and sees them.</summary>
    public const string Erase = "erase";

    /// <summary>Names the targets that hear of alerts.</summary>
    public const string Webhooks = "webhooks";

    /// <summary>Reads <c>/metrics</c> from another machine.</summary>
    public const string Metrics = "metrics";

    public static readonly IReadOnlyList<string> Known = [Read, Review, Export, Erase, Webhooks, Metrics];

    /// <summary>As the audit names who asked.</summary>
    public string Who => $"token:{Name}";
}

/// <summary>A token as it is listed: the token itself is shown once, when it is made.</summary>
internal sealed record TokenRow(
    int Id, string Name, string Tenant, string Scopes, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, bool IsRevoked);
