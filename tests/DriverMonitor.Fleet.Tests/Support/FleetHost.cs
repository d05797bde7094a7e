using System.Net.Http.Headers;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Live;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>The receiver without its intake: the store, the API, and what follows from stored events. Tests put events in.</summary>
internal sealed class FleetHost : IAsyncDisposable
{
    private readonly IHost _host;

    private FleetHost(IHost host) => _host = host;

    public FleetDatabase Database => _host.Services.GetRequiredService<FleetDatabase>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    /// <param name="kind">sqlite or postgres.</param>
    /// <param name="settings">More of the section Fleet, as JSON members.</param>
    /// <param name="web">More of the section Fleet:Web, as JSON members with a comma before.</param>
    public static async Task<FleetHost> StartAsync(
        string kind, TemporaryFolder folder, string settings = "", Action<IHostApplicationBuilder>? change = null,
        string web = "")
    {
        var store = await Stores.AddressAsync(kind, folder);
        var file = folder.PathOf("settings.json");
        var more = settings.Length > 0 ? $", {settings}" : "";
        File.WriteAllText(
            file,
            $$"""
            { "Fleet": { "Store": "{{store}}", "Tenants": ["acme", "beta"], "Web": { "Port": 0, "PrivateWebhookHosts": ["127.0.0.1"] {{web}} },
              "Enrolment": { "Folder": "{{folder.PathOf("authority")}}", "Brokers": ["fleet.example.com:8883"] } {{more}} } }
            """);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddSettings(file);
        builder.AddHosting();
        builder.AddStorage();
        builder.AddWeb();
        builder.AddLive();
        // Stepped by hand.
        builder.Services.AddSingleton<EventFeed>();
        builder.AddEnrolment();
        change?.Invoke(builder);
        var host = builder.Build();
        await host.Services.GetRequiredService<Migrator>().MigrateAsync(default);
        await host.StartAsync();
        return new(host);
    }

    /// <summary>A client with a token for a tenant; without one if no scope is named.</summary>
    public async Task<HttpClient> ClientAsync(string tenant, params string[] scopes)
    {
        var client = new HttpClient { BaseAddress = Get<ApiServer>().Address };
        if (scopes.Length > 0) Authorize(client, await Get<ApiTokens>().CreateAsync("test", tenant, scopes, TimeSpan.FromDays(1), default));
        return client;
    }

    public static void Authorize(HttpClient client, string token) =>
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    /// <summary>Hands on what was stored so far; the first call only remembers where to begin.</summary>
    public Task FeedAsync() => Get<EventFeed>().StepAsync(default);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }
}
