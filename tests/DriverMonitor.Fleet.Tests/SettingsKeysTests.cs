using Microsoft.Extensions.Configuration;

namespace DriverMonitor.Fleet.Tests;

/// <summary>A key that nobody reads is refused, with the one that was meant; every key that is read is not.</summary>
public sealed class SettingsKeysTests
{
    //  a key                                           what is said of it
    [Theory]
    [InlineData("Fleet:Tenant:0", "'Fleet:Tenant' is no setting. Did you mean 'Tenants'?")]
    [InlineData("Fleet:Brokr:TlsPort", "'Fleet:Brokr' is no setting. Did you mean 'Broker'?")]
    [InlineData("Fleet:Broker:TslPort", "'Fleet:Broker:TslPort' is no setting. Did you mean 'TlsPort'?")]
    [InlineData("Fleet:Web:Oidc:Autority", "'Fleet:Web:Oidc:Autority' is no setting. Did you mean 'Authority'?")]
    [InlineData("Fleet:Web:Passwords", "'Fleet:Web:Passwords' is no setting.")]
    [InlineData("Fleet:IsPostgres", "'Fleet:IsPostgres' is no setting.")]
    [InlineData("Flet:Store", "'Flet' is no setting. Did you mean 'Fleet'?")]
    [InlineData("Mqtt:Host", "'Mqtt' is no setting.")]
    [InlineData("Fleet:\u001b[31m", "'Fleet:?[31m' is no setting.")]
    public void A_key_that_nobody_reads_is_refused(string key, string words) =>
        Assert.Equal(words, Assert.Throws<ConfigurationException>(() => Check(key)).Message);

    [Theory]
    [InlineData("Fleet:Store")]
    [InlineData("fleet:tenants:0")]
    [InlineData("Fleet:Privacy:acme")]
    [InlineData("Fleet:Broker:Users:veh-0001")]
    [InlineData("Fleet:Link:Prefetch")]
    [InlineData("Fleet:Marks:KeepOnVehicle")]
    [InlineData("Fleet:Web:PrivateWebhookHosts:0")]
    [InlineData("Fleet:Web:Oidc:Groups:fleet-ops:0")]
    [InlineData("Fleet:Retention:Events")]
    [InlineData("Fleet:Enrolment:OrderKeys:ops-1:File")]
    [InlineData("Fleet:Enrolment:Settings:Mqtt:ReconnectSpread")]
    [InlineData("Fleet:Orders:KeyFile")]
    [InlineData("Logging:LogLevel:Default")]
    public void A_key_that_is_read_is_not(string key) => Check(key);

    private static void Check(string key) =>
        SettingsKeys.Check(new ConfigurationBuilder().AddInMemoryCollection([new(key, "x")]).Build());
}
