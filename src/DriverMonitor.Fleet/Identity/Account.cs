namespace DriverMonitor.Fleet.Identity;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Password">Hash; null for who signs in elsewhere.</param>
internal sealed record Account(int Id, string Name, string? Password);

/// <summary>What somebody may do in one tenant.</summary>
internal sealed record RoleGrant(string Tenant, string Role)
{
    /// <summary>Null for text that is no <c>tenant:role</c>.</summary>
    public static RoleGrant? Parse(string text) =>
        text.Split(':') is [var tenant, var role] && Roles.Known.Contains(role) ? new(tenant, role) : null;

    public override string ToString() => $"{Tenant}:{Role}";
}

/// <summary>An account as administrators see it.</summary>
/// <param name="IsElsewhere">Signs in at the organisation's own provider.</param>
internal sealed record AccountView(
    int Id, string Name, bool IsElsewhere, DateTimeOffset CreatedAt, DateTimeOffset? SignedInAt, IReadOnlyList<string> Roles);
