using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>
/// Whom to tell of a hole (RFC 9116): who operates the fleet, if the settings say who that is; nobody is invented.
/// </summary>
internal static class SecurityText
{
    public const string Address = "/.well-known/security.txt";

    /// <summary>The contact may be another one by then; RFC 9116 advises less than a year.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(180);

    public static void Map(IEndpointRouteBuilder app, Uri? contact, TimeProvider time) => app
        .MapGet(Address, () => contact is null ? Results.NotFound() : Results.Text(Of(contact, time.GetUtcNow())))
        .IsPublic().ExcludeFromDescription();

    private static string Of(Uri contact, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"Contact: {contact.AbsoluteUri}\nExpires: {(now + GoodFor).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\nPreferred-Languages: en, de\n");
}
