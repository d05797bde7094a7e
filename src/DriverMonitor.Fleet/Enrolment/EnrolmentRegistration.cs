using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>Adds the fleet's own authority, and what it signs for vehicles.</summary>
internal static class EnrolmentRegistration
{
    public static void AddEnrolment(this IHostApplicationBuilder builder)
    {
        var options = builder.AddSection<EnrolmentOptions>(EnrolmentOptions.Section);
        builder.Services.AddSingleton<IssuedCertificates>();
        builder.Services.AddSingleton(services => new Enroller(
            services.GetRequiredService<EnrolmentOptions>(), services.GetRequiredService<IssuedCertificates>(),
            services.GetService<MarkKey>(), services.GetRequiredService<TimeProvider>()));
        // Of several receivers only the one that has the authority answers.
        if (!File.Exists(CertificateAuthority.KeyFile(options.Folder))) return;
        builder.Services.AddSingleton(_ => CertificateAuthority.Open(options.Folder));
        builder.Services.AddSingleton<RenewalDesk>();
        // Renewals need a key to sign with, and a way to vehicles.
        if (builder.Services.Any(one => one.ServiceType == typeof(CommandSigner)))
            builder.Services.AddSingleton<IFeedHandler>(parts => parts.GetRequiredService<RenewalDesk>());
    }
}
