using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>
/// A small but real OpenID Connect provider on loopback: discovery, keys, code with PKCE, and signed identity tokens. Everybody
/// who comes is one person, in the groups that the test names.
/// </summary>
internal sealed class LoginProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private string _nonce = "", _challenge = "", _code = "";

    private LoginProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Address, ["authorization_endpoint"] = Address + "/authorize", ["token_endpoint"] = Address + "/token",
            ["jwks_uri"] = Address + "/keys", ["response_types_supported"] = (string[])["code"],
            ["subject_types_supported"] = (string[])["public"], ["id_token_signing_alg_values_supported"] = (string[])["RS256"],
        }));
        _app.MapGet("/keys", () => Results.Json(new { keys = new[] { Key() } }));
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync);
    }

    public string Address { get; private set; } = "";

    public string[] Groups { get; set; } = ["fleet-desk"];

    /// <summary>Whoever comes back with another code than the one that was given.</summary>
    public bool GivesWrongCode { get; set; }

    public static async Task<LoginProvider> StartAsync()
    {
        var provider = new LoginProvider();
        await provider._app.StartAsync();
        provider.Address = provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Authorize(HttpRequest request)
    {
        (_nonce, _challenge) = (request.Query["nonce"].ToString(), request.Query["code_challenge"].ToString());
        _code = RandomNumberGenerator.GetHexString(32);
        var code = GivesWrongCode ? "guessed" : _code;
        var state = Uri.EscapeDataString(request.Query["state"].ToString());
        return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={state}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var proof = Base64(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["code"] != _code || proof != _challenge || form["client_secret"] != "hush")
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        return Results.Json(new { access_token = "x", token_type = "Bearer", expires_in = 300, id_token = IdToken() });
    }

    private string IdToken()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var head = Json(new { alg = "RS256", kid = "one", typ = "JWT" });
        var body = Json(new
        {
            iss = Address, sub = "4711", aud = "fleet", exp = now + 300, iat = now, nonce = _nonce, preferred_username = "anna", groups = Groups,
        });
        var signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{body}.{Base64(signature)}";
    }

    private Dictionary<string, string> Key()
    {
        var parts = _key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = "one", ["n"] = Base64(parts.Modulus!), ["e"] = Base64(parts.Exponent!),
        };
    }

    private static string Json(object value) => Base64(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
