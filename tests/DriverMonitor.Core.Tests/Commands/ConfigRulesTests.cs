using DriverMonitor.Core.Commands;
using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Tests.Commands;

/// <summary>What a fleet may change in a vehicle, and what it may not.</summary>
public sealed class ConfigRulesTests
{
    [Theory]
    [InlineData("Mqtt:Privacy", "P0", null)]
    [InlineData("Mqtt:Privacy", "P9", CommandRefusal.OutOfRange)]
    [InlineData("Mqtt:FirstConnectSpread", "00:10:00", null)]
    [InlineData("Mqtt:FirstConnectSpread", "02:00:00", CommandRefusal.OutOfRange)]
    [InlineData("Mqtt:KeepAlive", "00:00:01", CommandRefusal.OutOfRange)]
    [InlineData("Judgement:Alerts:HintsPerShift", "0", null)]
    [InlineData("Judgement:Alerts:HintsPerShift", "4", CommandRefusal.OutOfRange)]
    [InlineData("Judgement:Alerts:HintGap", "00:19:59", CommandRefusal.OutOfRange)]
    [InlineData("Judgement:Anger:Enabled", "False", null)]
    [InlineData("Judgement:Anger:Enabled", "True", CommandRefusal.OutOfRange)]
    [InlineData("Judgement:Strict", "False", CommandRefusal.OutOfRange)]
    [InlineData("Judgement:Alerts:EyesClosedWarning", "00:00:09", CommandRefusal.SafetyFloor)]
    [InlineData("judgement:eyes:microsleep", "00:00:09", CommandRefusal.SafetyFloor)]
    [InlineData("Judgement:Fatigue:Warn:Enter", "1", CommandRefusal.SafetyFloor)]
    [InlineData("Gpio:BuzzerLine", "4", CommandRefusal.NotAllowed)]
    [InlineData("Mqtt:Brokers:0", "elsewhere:1883", CommandRefusal.NotAllowed)]
    [InlineData("Fleet:Keys:ops-9", "x.pem", CommandRefusal.NotAllowed)]
    [InlineData("Profiles:Driver", "anna", CommandRefusal.NotAllowed)]
    [InlineData("Camera:Source", null, CommandRefusal.NotAllowed)]
    [InlineData("Mqtt:Privacy", null, null)]
    public void A_change_is_allowed_or_refused_by_name(string key, string? value, CommandRefusal? refusal) =>
        Assert.Equal(refusal, ConfigRules.Check(new(key, value)));

    /// <summary>A key that is added here is a door that every fleet's key opens: it takes a second look.</summary>
    [Fact]
    public void Nothing_else_may_be_changed_from_afar() =>
        Assert.Equal(
            [
                "Judgement:Alerts:HintGap", "Judgement:Alerts:HintsPerShift", "Judgement:Anger:Enabled", "Judgement:Stress:Enabled",
                "Judgement:Strict", "Mqtt:FirstConnectSpread", "Mqtt:KeepAlive", "Mqtt:Privacy", "Mqtt:ReconnectSpread",
            ],
            ConfigRules.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Privacy_only_goes_down()
    {
        Assert.True(ConfigRules.IsWithin(WireLevel.P0, WireLevel.P1));
        Assert.False(ConfigRules.IsWithin(WireLevel.P2, WireLevel.P1));
    }
}
