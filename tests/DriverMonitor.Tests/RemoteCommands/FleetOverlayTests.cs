using DriverMonitor.Core.Commands;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Monitoring;
using DriverMonitor.RemoteCommands;

namespace DriverMonitor.Tests.RemoteCommands;

/// <summary>Settings changed from afar: what takes effect at the next start, and what never does.</summary>
public sealed class FleetOverlayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-overlay-").FullName;

    public FleetOverlayTests() => File.WriteAllText(Config, $$"""
        { "DriverMonitor": {
            "Mqtt": { "Privacy": "P2" }, "Judgement": { "Alerts": { "HintsPerShift": 2 } },
            "Fleet": { "Keys": { "ops-1": "/etc/drivermonitor/ops-1.pem" }, "Folder": "{{_folder}}" } } }
        """);

    private string Config => Path.Combine(_folder, "settings.json");

    private string Overlay => Path.Combine(_folder, "fleet.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_change_takes_effect_at_the_next_start_and_can_be_taken_back()
    {
        Change(("Mqtt:Privacy", "P0"), ("Judgement:Alerts:HintsPerShift", "1"));
        Assert.Equal((WireLevel.P0, 1), Started());

        Change(("Mqtt:Privacy", null));
        Assert.Equal((WireLevel.P2, 1), Started());
    }

    [Theory]
    [InlineData("Mqtt:Privacy", "P3", CommandRefusal.OutOfRange)]
    [InlineData("Judgement:Alerts:EyesClosedAlarm", "00:00:09", CommandRefusal.SafetyFloor)]
    [InlineData("Gpio:BuzzerLine", "3", CommandRefusal.NotAllowed)]
    [InlineData("Judgement:Alerts:HintGap", "00:00:01", CommandRefusal.OutOfRange)]
    public void What_may_not_be_changed_is_not_and_neither_is_what_came_with_it(string key, string value, CommandRefusal refusal)
    {
        var failure = Assert.Throws<OrderFailedException>(() => Change(("Judgement:Alerts:HintsPerShift", "1"), (key, value)));
        Assert.Equal(refusal, failure.Refusal);
        Assert.Equal((WireLevel.P2, 2), Started());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{ "Judgement:Alerts:EyesClosedAlarm": "00:00:09" }""")]
    [InlineData("""{ "Mqtt:Privacy": "P3" }""")]
    [InlineData("""{ "Mqtt:Privacy": 1 }""")]
    public void A_file_that_no_order_could_have_written_is_not_used_and_the_last_good_one_is(string damaged)
    {
        Change(("Judgement:Alerts:HintsPerShift", "1"));
        Change(("Judgement:Alerts:HintsPerShift", "0"));
        File.WriteAllText(Overlay, damaged);
        Assert.Equal((WireLevel.P2, 1), Started());
    }

    [Fact]
    public void A_vehicles_own_file_that_was_locked_down_since_outweighs_the_fleet()
    {
        Change(("Mqtt:Privacy", "P1"));
        File.WriteAllText(Config, File.ReadAllText(Config).Replace("P2", "P0", StringComparison.Ordinal));
        Assert.Equal(WireLevel.P0, Started().Privacy);
    }

    private void Change(params (string Key, string? Value)[] changes)
    {
        var own = MonitorOptions.Load(Config);
        new FleetOverlay(_folder).Change(
            [.. changes.Select(one => new ConfigChange(one.Key, one.Value))],
            all => ServiceSettings.WhyNot(Config, own, all));
    }

    private (WireLevel Privacy, int Hints) Started()
    {
        var settings = ServiceSettings.Load(Config).Settings;
        return (settings.Mqtt.Privacy, settings.Judgement.Alerts.HintsPerShift);
    }
}
