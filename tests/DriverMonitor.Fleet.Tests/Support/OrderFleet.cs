using System.Security.Cryptography;
using DriverMonitor.Fleet.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>A fleet whose desk may ask for three things: veh-1 and veh-2 are acme's, "theirs" is beta's.</summary>
internal static class OrderFleet
{
    /// <param name="way">Takes what is sent.</param>
    public static async Task<FleetHost> StartAsync(string store, TemporaryFolder folder, SentOrders way)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(folder.PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
        var settings = $$"""
            "Orders": { "KeyFile": "{{folder.PathOf("key.pem")}}", "Names": ["locate-fault", "config", "update"] }
            """;
        var fleet = await FleetHost.StartAsync(store, folder, settings, builder => builder.Services.AddSingleton<IIntake>(way));
        var seed = new Seed(fleet.Database);
        await seed.VehicleAsync("acme", "veh-1");
        await seed.VehicleAsync("acme", "veh-2");
        await seed.VehicleAsync("beta", "theirs");
        return fleet;
    }
}
