using System.Security.Cryptography;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Orders;

/// <summary>What the console may ask vehicles, and the key that it signs with.</summary>
internal static class OrdersRegistration
{
    public static void AddOrders(this IHostApplicationBuilder builder)
    {
        var options = builder.AddSection<OrderOptions>(OrderOptions.Section);
        if (options.KeyFile.Length > 0)
            builder.Services.AddKeyedSingleton(OrderOptions.Section, (_, _) => ReadKey(options.KeyFile));
        builder.Services.AddSingleton(parts => new OrderDesk(
            parts.GetRequiredService<FleetDatabase>(), options,
            parts.GetKeyedService<ECDsa>(OrderOptions.Section) is { } key ? new CommandSigner(options.KeyId, key) : null,
            parts.GetService<IIntake>(), parts.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IFeedHandler, OrderAnswers>();
    }

    private static ECDsa ReadKey(string file)
    {
        try
        {
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException($"Fleet:Orders:KeyFile: {file}: {e.Message}", e);
        }
    }
}
