using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>Adds the fleet's own authority, and what it signs for vehicles.</summary>
internal static class EnrolmentRegistration
{
    public static void AddEnrolment(this IHostApplicationBuilder builder)
    {
        builder.AddSection<EnrolmentOptions>(EnrolmentOptions.Section);
        builder.Services.AddSingleton<IssuedCertificates>();
        builder.Services.AddSingleton(services => new Enroller(
            services.GetRequiredService<EnrolmentOptions>(), services.GetRequiredService<IssuedCertificates>(),
            services.GetService<MarkKey>(), services.GetRequiredService<TimeProvider>()));
    }
}
