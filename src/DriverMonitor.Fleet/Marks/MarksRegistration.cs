using System.Security.Cryptography;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Files;
using DriverMonitor.Fleet.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Marks;

/// <summary>The marks, and the key that signs them.</summary>
internal static class MarksRegistration
{
    public static void AddMarks(this IHostApplicationBuilder builder)
    {
        var options = builder.AddSection<MarkOptions>(MarkOptions.Section);
        if (options.KeyFile.Length == 0) return;
        builder.Services.AddKeyedSingleton(MarkOptions.Section, (_, _) => ReadKey(options.KeyFile));
        builder.Services.AddSingleton(services => new CommandSigner(options.KeyId, KeyOf(services)));
        builder.Services.AddSingleton(services => new MarkKey(options.KeyId, KeyOf(services).ExportSubjectPublicKeyInfo()));
        builder.Services.AddSingleton<Marker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Marker>());
    }

    private static ECDsa KeyOf(IServiceProvider services) => services.GetRequiredKeyedService<ECDsa>(MarkOptions.Section);

    private static ECDsa ReadKey(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                PrivateFile.Write(file, fresh.ExportPkcs8PrivateKeyPem());
            }

            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException($"Fleet:Marks:KeyFile: {file}: {e.Message}", e);
        }
    }
}
