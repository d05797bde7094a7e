namespace DriverMonitor.Fleet.Identity;

/// <summary>
/// Who asks, and for what: a program's token, or a person who has signed in. Both see one tenant and nothing of another.
/// </summary>
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

    /// <summary>Sees values in an episode's detail, where the vehicle's level allows them at all.</summary>
    public const string Values = "values";

    /// <summary>Asks vehicles for something.</summary>
    public const string Orders = "orders";

    /// <summary>Reads who looked at what.</summary>
    public const string Audit = "audit";

    /// <summary>Lets people in and out.</summary>
    public const string Accounts = "accounts";

    public static readonly IReadOnlyList<string> Known =
        [Read, Values, Review, Orders, Export, Erase, Audit, Accounts, Webhooks, Metrics];

    /// <summary>As the audit names who asked.</summary>
    public string Who { get; init; } = $"token:{Name}";
}

/// <summary>A token as it is listed: the token itself is shown once, when it is made.</summary>
internal sealed record TokenRow(
    int Id, string Name, string Tenant, string Scopes, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, bool IsRevoked);
