using System.Net;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Identity;

/// <summary>Signing in at the organisation's own provider, a real one on loopback: code with PKCE, and groups that become roles.</summary>
public sealed class OidcTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fleet-desk", false, "operator")]
    [InlineData("canteen", false, null)]
    [InlineData("fleet-desk", true, null)]
    public async Task A_group_gives_its_roles_and_without_one_or_with_a_guessed_code_nobody_gets_in(string group, bool isGuessed, string? role)
    {
        await using var provider = await LoginProvider.StartAsync();
        (provider.Groups, provider.GivesWrongCode) = ([group], isGuessed);
        File.WriteAllText(_folder.PathOf("secret"), "hush\n");
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder, web: $$"""
            , "Oidc": { "Authority": "{{provider.Address}}", "ClientId": "fleet", "ClientSecretFile": "{{_folder.PathOf("secret")}}",
                        "Groups": { "fleet-desk": ["acme:operator"] } }
            """);
        using var person = new Person(fleet.Get<ApiServer>().Address!);

        // Whatever somebody else's link asks for, it leads back to the console.
        var answer = await person.Http.GetAsync(new Uri(
            "/api/v1/session/oidc?returnUrl=https://evil.example/&ReturnUrl=//evil.example&redirect_uri=https://evil.example", UriKind.Relative));
        var session = await person.UseTokenAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((person.Address.Authority, "/"), (answer.RequestMessage!.RequestUri!.Authority, answer.RequestMessage.RequestUri.AbsolutePath));
        Assert.Equal(role is not null, (bool)session["signedIn"]!);
        if (role is null) return;
        Assert.Equal(("anna", role), ((string?)session["name"], (string?)Assert.Single(session["roles"]!.AsArray())));
        Assert.Equal(HttpStatusCode.OK, await person.StatusOfAsync("GET", "vehicles"));
        Assert.Equal(HttpStatusCode.Forbidden, await person.StatusOfAsync("GET", "accounts"));
    }
}
