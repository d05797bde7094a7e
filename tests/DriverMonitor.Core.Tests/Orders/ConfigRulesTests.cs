using DriverMonitor.Core.Events;
using DriverMonitor.Core.Orders;

namespace DriverMonitor.Core.Tests.Orders;

/// <summary>What a fleet may change in a vehicle, and what it may not.</summary>
public sealed class ConfigRulesTests
{
    [Theory]
    [InlineData("Mqtt:Privacy", "P0", null)]
    [InlineData("Mqtt:Privacy", "P9", OrderRefusal.OutOfRange)]
    [InlineData("Mqtt:FirstConnectSpread", "00:10:00", null)]
    [InlineData("Mqtt:FirstConnectSpread", "02:00:00", OrderRefusal.OutOfRange)]
    [InlineData("Mqtt:KeepAlive", "00:00:01", OrderRefusal.OutOfRange)]
    [InlineData("Judgement:Alerts:HintsPerShift", "0", null)]
    [InlineData("Judgement:Alerts:HintsPerShift", "4", OrderRefusal.OutOfRange)]
    [InlineData("Judgement:Alerts:HintGap", "00:19:59", OrderRefusal.OutOfRange)]
    [InlineData("Judgement:Anger:Enabled", "False", null)]
    [InlineData("Judgement:Anger:Enabled", "True", OrderRefusal.OutOfRange)]
    [InlineData("Judgement:Strict", "False", OrderRefusal.OutOfRange)]
    [InlineData("Judgement:Alerts:EyesClosedWarning", "00:00:09", OrderRefusal.SafetyFloor)]
    [InlineData("judgement:eyes:microsleep", "00:00:09", OrderRefusal.SafetyFloor)]
    [InlineData("Judgement:Fatigue:Warn:Enter", "1", OrderRefusal.SafetyFloor)]
    [InlineData("Gpio:BuzzerLine", "4", OrderRefusal.NotAllowed)]
    [InlineData("Mqtt:Brokers:0", "elsewhere:1883", OrderRefusal.NotAllowed)]
    [InlineData("Fleet:Keys:ops-9", "x.pem", OrderRefusal.NotAllowed)]
    [InlineData("Profiles:Driver", "anna", OrderRefusal.NotAllowed)]
    [InlineData("Camera:Source", null, OrderRefusal.NotAllowed)]
    [InlineData("Mqtt:Privacy", null, null)]
    public void A_change_is_allowed_or_refused_by_name(string key, string? value, OrderRefusal? refusal) =>
        Assert.Equal(refusal, ConfigRules.Check(new(key, value)));

    [Fact]
    public void Privacy_only_goes_down()
    {
        Assert.True(ConfigRules.IsWithin(WireLevel.P0, WireLevel.P1));
        Assert.False(ConfigRules.IsWithin(WireLevel.P2, WireLevel.P1));
    }
}
