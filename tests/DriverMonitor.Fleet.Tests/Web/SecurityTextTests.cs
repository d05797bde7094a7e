using System.Globalization;
using System.Net;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Web;

/// <summary>Who finds a hole finds somebody to tell, without an account; who names nobody invents nobody.</summary>
public sealed class SecurityTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", null)]
    [InlineData(""", "SecurityContact": "mailto:security@operator.example" """, "Contact: mailto:security@operator.example\n")]
    [InlineData(""", "SecurityContact": "https://operator.example/security?a=b c" """, "Contact: https://operator.example/security?a=b%20c\n")]
    public async Task The_contact_of_the_settings_is_shown_to_everybody(string web, string? says)
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder, web: web);
        using var client = await fleet.ClientAsync("acme");

        var answer = await client.GetAsync(new Uri(SecurityText.Address, UriKind.Relative));

        Assert.Equal(says is null ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        if (says is null) return;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.StartsWith(says, text, StringComparison.Ordinal);
        var expires = DateTimeOffset.Parse(text.Split('\n')[1]["Expires: ".Length..], CultureInfo.InvariantCulture);
        Assert.InRange(expires - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30), TimeSpan.FromDays(365));
    }

    [Theory]
    [InlineData("security@operator.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://operator.example")]
    [InlineData("file:///etc/passwd")]
    public void What_is_no_contact_stops_the_start(string contact) => Assert.NotEmpty(
        new WebOptions { SecurityContact = new(contact, UriKind.RelativeOrAbsolute) }.Validate(new(new object())));
}
