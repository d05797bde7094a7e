using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Somebody at a browser: keeps cookies, and sends the session's token with what changes something.</summary>
internal sealed class Person : IDisposable
{
    public const string Password = "correct horse battery";

    public Person(Uri address, bool follows = true)
    {
        Address = address;
        Http = new(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = follows }) { BaseAddress = address };
    }

    public Uri Address { get; }

    /// <summary>With which they have signed in.</summary>
    public string Name { get; private set; } = "";

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    public string? Cookie => Cookies.GetCookies(Address)["dmfleet"]?.Value;

    /// <summary>Somebody with these roles who has signed in; <c>tenant:role</c>.</summary>
    public static async Task<Person> SignedInAsync(FleetHost fleet, params string[] roles)
    {
        var name = string.Join('+', roles);
        await fleet.Get<Accounts>().PutAsync(name, PasswordHash.Of(Password), [.. roles.Select(RoleGrant.Parse).OfType<RoleGrant>()], default);
        var person = new Person(fleet.Get<ApiServer>().Address!);
        var answer = await person.SignInAsync(name, Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return person;
    }

    public async Task<HttpResponseMessage> SignInAsync(string name, string password)
    {
        var answer = await Http.PostAsJsonAsync("/api/v1/session", new { name, password });
        if (answer.IsSuccessStatusCode) (Name, _) = (name, await UseTokenAsync());
        return answer;
    }

    /// <summary>From here on the CSRF token goes with every request.</summary>
    public async Task<JsonNode> UseTokenAsync()
    {
        var session = (await Http.GetFromJsonAsync<JsonNode>("/api/v1/session"))!;
        Http.DefaultRequestHeaders.Remove(SessionCookie.CsrfHeader);
        if (session["csrf"]?.GetValue<string>() is { } token) Http.DefaultRequestHeaders.Add(SessionCookie.CsrfHeader, token);
        return session;
    }

    public async Task<HttpStatusCode> StatusOfAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new(method), $"/api/v1/{path}");
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }

    public void Dispose() => Http.Dispose();
}
