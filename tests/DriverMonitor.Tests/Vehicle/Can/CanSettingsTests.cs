using DriverMonitor.Configuration;
using DriverMonitor.Monitoring;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Tests.Vehicle.Can;

/// <summary>What an installer may write of the bus, and what is refused in one line before anything runs.</summary>
public sealed class CanSettingsTests
{
    [Theory]
    [InlineData("""{ "Interface": "can0" }""", "no signal is named")]
    [InlineData("""{ "Signals": { "Speed": "0x100 0|16@1+" } }""", "no Interface")]
    [InlineData("""{ "ObdRequests": true }""", "no Interface")]
    [InlineData("""{ "Interface": "can0; rm", "Signals": { "Speed": "0x100 0|16@1+" } }""", "Interface")]
    [InlineData("""{ "Interface": "a-name-too-long", "Signals": { "Speed": "0x100 0|16@1+" } }""", "Interface")]
    [InlineData("""{ "Interface": "can0", "Signals": { "Speed": "0x100 60|8@1+" } }""", "Vehicle:Can:Signals:Speed says 8 bits from bit 60, which is not within a frame's 64")]
    [InlineData("""{ "Interface": "can0", "Signals": { "Door": "0x100 56|2@0+" } }""", "Vehicle:Can:Signals:Door says 2 bits from bit 56")]
    [InlineData("""{ "Interface": "can0", "Signals": { "Wipers": "Wheels.Speed" } }""", "no Vehicle:Can:DbcFile is set")]
    [InlineData("""{ "Interface": "can0", "Signals": { "Ignition": "0x100 0|4@1+ =on" } }""", "Vehicle:Can:Signals:Ignition")]
    [InlineData("""{ "Interface": "can0", "Signals": { "Spede": "0x100 0|16@1+" } }""", "Spede")]
    public void What_cannot_work_is_refused(string can, string says)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        File.WriteAllText(file, $$"""{ "DriverMonitor": { "Vehicle": { "Can": {{can}} } } }""");
        var fault = Assert.Throws<ConfigurationException>(() => MonitorOptions.Load(file)).Message;
        File.Delete(file);
        Assert.Contains(says, fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }

    [Fact]
    public void The_bus_knows_the_ignition_and_a_fixed_speed_stands_alone()
    {
        var bus = new CanSettings { Interface = "can0", Signals = new() { ["Ignition"] = "0x100 0|16@1+" } };
        Assert.Null(Fault(new() { Vehicle = new() { Can = bus, IgnitionSleepAfter = TimeSpan.FromMinutes(5) } }));
        Assert.Contains(
            "SpeedKmh and Can are set together", Fault(new() { Vehicle = new() { Can = bus, SpeedKmh = 50 } }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BO_ 256 Wheels: 8 E\n SG_ Speed : 0|16@1+ (0.01,0) [0|400] \"\" X", "Speed", null)]
    [InlineData("BO_ 256 Wheels: 8 E\n SG_ Speed : 0|16@1+ (0.01,0) [0|400] \"\" X", "Wheels.Speed =0", null)]
    [InlineData("BO_ 256 Wheels: 8 E\n SG_ Speed : 0|16@1+ (0.01,0) [0|400] \"\" X", "Wheels.Pace", "Vehicle:Can:Signals:Speed 'Wheels.Pace' is no signal of the .dbc file")]
    [InlineData("BO_ 256 Wheels: 8 E\n SG_ Speed : 60|16@1+ (0.01,0) [0|400] \"\" X", "Speed", "line 2 says 16 bits from bit 60")]
    [InlineData("\u0001\u0002 nothing", "Speed", "is no signal")]
    [InlineData(null, "Speed", "CAN database")]
    public void A_database_names_the_signals(string? database, string signal, string? says)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.dbc");
        if (database is not null) File.WriteAllText(file, database);
        var settings = new CanSettings { Interface = "can0", DbcFile = file, Signals = new() { ["Speed"] = signal } };
        try
        {
            var found = CanSignals.Of(settings);
            Assert.Null(says);
            Assert.Equal(0x100u, found.Speed!.Id.Value);
        }
        catch (ConfigurationException e) when (says is not null)
        {
            Assert.Contains(says, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Fault(MonitorOptions options)
    {
        try
        {
            SettingsFile.Check(options, "test");
            return null;
        }
        catch (ConfigurationException e)
        {
            return e.Message;
        }
    }
}
