using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Fleet.Identity;

/// <summary>The organisation's own sign-in (OpenID Connect, code with PKCE); off without an authority.</summary>
internal sealed record OidcOptions : IValidatableObject
{
    /// <summary>Section of the settings file.</summary>
    public const string Section = "Fleet:Web:Oidc";

    /// <summary>Address of the provider: <c>https://login.example.com/realms/fleet</c>.</summary>
    public string Authority { get; init; } = "";

    public string ClientId { get; init; } = "";

    /// <summary>File with the client's secret; none for a public client.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>The claim that names groups.</summary>
    public string GroupClaim { get; init; } = "groups";

    /// <summary>What a group may do: <c>{ "fleet-desk": ["acme:operator"] }</c>. Who is in none of them is refused.</summary>
    public IReadOnlyDictionary<string, string[]> Groups { get; init; } = new Dictionary<string, string[]>();

    public bool IsEnabled => Authority.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsEnabled) yield break;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri) || !(uri.Scheme == "https" || uri.Scheme == "http" && uri.IsLoopback))
            yield return new("Fleet:Web:Oidc:Authority must be an https address.");
        if (ClientId.Length == 0) yield return new("Fleet:Web:Oidc:ClientId is empty.");
        if (Groups.Count == 0) yield return new("Fleet:Web:Oidc:Groups is empty: nobody could sign in.");
        foreach (var grant in Groups.Values.SelectMany(grants => grants).Where(grant => RoleGrant.Parse(grant) is null))
            yield return new($"Fleet:Web:Oidc:Groups: '{grant}' is no tenant:role. Roles are {string.Join(", ", Roles.Known)}.");
    }

    /// <summary>Roles of somebody in these groups.</summary>
    public IReadOnlyList<RoleGrant> GrantsOf(IEnumerable<string> groups) =>
        [
            .. groups.Where(Groups.ContainsKey).SelectMany(group => Groups[group]).Select(RoleGrant.Parse).OfType<RoleGrant>()
                .Distinct(),
        ];
}
