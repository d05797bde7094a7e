using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using static DriverMonitor.Core.Privacy.JudgementProfile;
using static DriverMonitor.Core.Privacy.Disclosure;
using static DriverMonitor.Core.Privacy.WireLevel;

namespace DriverMonitor.Core.Tests.Privacy;

public sealed class DisclosurePolicyTests
{
    private const Disclosure Working = Readiness | Device;

    public static TheoryData<WireLevel, JudgementProfile, Audience, Disclosure> Table => new()
    {
        { P0, Standard, Audience.Fleet, None },
        { P0, EuWork, Audience.Fleet, None },
        { P1, Standard, Audience.Fleet, Working | States | Emotions },
        { P1, EuWork, Audience.Fleet, Working | States },
        { P2, Standard, Audience.Fleet, Working | States | Emotions | Measures },
        { P2, EuWork, Audience.Fleet, Working | States | Measures },
        { P3, Standard, Audience.Fleet, Working | States | Emotions | Measures | Position },
        { P3, EuWork, Audience.Fleet, Working | States | Measures | Position },
        { P0, Standard, Audience.Collector, None },
        { P1, Standard, Audience.Collector, Working | States | Emotions },
        { P3, Standard, Audience.Collector, Working | States | Emotions },
        { P3, EuWork, Audience.Collector, Working | States },
        { P0, Standard, Audience.Scraper, Working },
        { P0, EuWork, Audience.Scraper, Working },
        { P2, Standard, Audience.Scraper, Working | States | Emotions },
        { P2, EuWork, Audience.Scraper, Working | States },
        { P0, Standard, Audience.Log, Working | States },
        { P1, Standard, Audience.Log, Working | States | Emotions | Disclosure.Consent },
        { P1, EuWork, Audience.Log, Working | States },
        { P0, Standard, Audience.File, Working | States | Measures },
        { P1, Standard, Audience.File, Working | States | Measures | Emotions | Disclosure.Consent },
        { P3, EuWork, Audience.File, Working | States | Measures },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void What_may_be_told(WireLevel level, JudgementProfile profile, Audience audience, Disclosure expected) =>
        Assert.Equal(expected, DisclosurePolicy.Of(level, profile).To(audience));

    [Fact]
    public void The_driver_is_told_everything_and_a_stranger_whether_it_works()
    {
        foreach (var level in Enum.GetValues<WireLevel>())
        {
            foreach (var profile in Enum.GetValues<JudgementProfile>())
            {
                Assert.Equal(Everything, DisclosurePolicy.Of(level, profile).To(Audience.Driver));
                Assert.Equal(Readiness, DisclosurePolicy.Of(level, profile).To(Audience.Stranger));
            }
        }
    }

    [Fact]
    public void A_higher_level_never_tells_less()
    {
        foreach (var profile in Enum.GetValues<JudgementProfile>())
        {
            foreach (var audience in Enum.GetValues<Audience>())
            {
                for (var level = P1; level <= P3; level++)
                    Assert.True(DisclosurePolicy.Of(level, profile).Allows(audience, DisclosurePolicy.Of(level - 1, profile).To(audience)), $"{profile} {level} {audience}");
            }
        }
    }

    [Fact]
    public void Without_a_policy_least_is_told()
    {
        foreach (var audience in Enum.GetValues<Audience>())
            Assert.Equal(DisclosurePolicy.Of(P0, EuWork).To(audience), default(DisclosurePolicy).To(audience));
        Assert.Equal(None, default(DisclosurePolicy).To((Audience)99));
    }

    [Fact]
    public void A_hint_without_a_name_is_about_the_drivers_state()
    {
        var atWork = DisclosurePolicy.Of(P3, EuWork);
        foreach (var rule in Enum.GetValues<AlertRule>())
        {
            var isEmotion = rule is AlertRule.Anger or AlertRule.Stress;
            Assert.Equal(isEmotion ? "driver-state" : AlertTable.NameOf(rule), atWork.NameOf(Audience.Fleet, rule));
            Assert.Equal(isEmotion ? "driver-state" : AlertTable.StateOf(rule), atWork.StateOf(Audience.Fleet, rule));
            Assert.Equal(AlertTable.NameOf(rule), atWork.NameOf(Audience.Driver, rule));
        }
    }
}
