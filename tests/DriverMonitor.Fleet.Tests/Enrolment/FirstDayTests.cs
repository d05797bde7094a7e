using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DriverMonitor.Fleet.Tests.Enrolment;

/// <summary>From an empty machine to a vehicle's first stored event, and out again: both real programs, real certificates.</summary>
public sealed class FirstDayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_vehicle_is_enrolled_stored_renewed_over_the_link_without_hands_and_turned_away_when_it_was_revoked()
    {
        await using var fleet = await EnrolledFleet.StartAsync(_folder);
        var (vehicle, state) = await fleet.EnrolAsync("veh-0001", EnrolledFleet.NoCamera, TimeSpan.FromDays(70));
        var own = Directory.GetFiles(state, "vehicle.pem", SearchOption.AllDirectories).Single();
        Assert.InRange(EndOf(own), 19, 21);

        await using (VehicleProgram.Start("run", "--config", vehicle))
        {
            await Eventually.Sees("an event", async () => await fleet.CountAsync("select count(*) from event") > 0);
            await Eventually.Sees("the next certificate", () => Task.FromResult(EndOf(own) > 80));
            await Eventually.Sees("the answer", async () => await fleet.CountAsync("select count(*) from event where type = 8") > 0);
        }

        Assert.Equal(2, await fleet.CountAsync("select count(*) from certificate"));
        Assert.Equal(2, await fleet.Host.Services.GetRequiredService<IssuedCertificates>().RevokeAsync(new("acme", "veh-0001"), default));
        await fleet.Host.Services.GetRequiredService<Enroller>().WriteRevokedAsync(default);
        await using var again = VehicleProgram.Start("run", "--config", vehicle);
        await Eventually.Sees("a refusal", () => Task.FromResult(
            again.Log.Contains("cannot be reached", StringComparison.Ordinal) || again.Log.Contains("does not let us in", StringComparison.Ordinal)));

        Assert.DoesNotContain("Connected to broker", again.Log, StringComparison.Ordinal);
    }

    private static double EndOf(string file)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        return (certificate.NotAfter - TimeProvider.System.GetLocalNow().DateTime).TotalDays;
    }
}
