using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Intake;

/// <summary>From the broker to the store.</summary>
internal static class IntakeRegistration
{
    public static void AddIntake(this IHostApplicationBuilder builder)
    {
        var fleet = builder.AddSection<FleetOptions>(FleetOptions.Section);
        builder.AddSection<BrokerOptions>(BrokerOptions.Section);
        builder.AddSection<LinkOptions>(LinkOptions.Section);
        if (fleet.Intake.Length == 0) builder.Services.AddSingleton<IIntake, EmbeddedIntake>();
        else if (fleet.Intake.StartsWith("amqp", StringComparison.Ordinal)) builder.Services.AddSingleton<IIntake, AmqpIntake>();
        else builder.Services.AddSingleton<IIntake, MqttIntake>();
        builder.Services.AddSingleton<ReceiverFigures>();
        builder.Services.AddSingleton(_ => new EventReader(fleet.Tenants, fleet.EuWork, fleet.PrivacyLevels));
        builder.Services.AddSingleton<Receiver>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Receiver>());
    }
}
