using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Tests;

public class MonitorSettingsTests
{
    private const string Declared = "Heavy goods, night shifts: agreed with the works council.";

    public static TheoryData<MonitorSettings, string?> Settings =>
        new()
        {
            { new(), null },
            {
                new() { Strict = true },
                null
            },
            {
                new()
                {
                    Strict = true,
                    Anger = new() { Enabled = true },
                    Fatigue = new() { EyeCap = 4 },
                },
                null
            },
            {
                new()
                {
                    Strict = true,
                    Alerts = new() { LookAwayFast = TimeSpan.FromSeconds(4) },
                },
                "Alerts:LookAwayFast"
            },
            {
                new()
                {
                    Strict = true,
                    Fatigue = new()
                    {
                        Warn = new()
                        {
                            Enter = 0.7,
                            Leave = 0.5,
                            Dwell = TimeSpan.FromSeconds(10),
                            NeededConfidence = 0.4,
                        },
                    },
                },
                "Fatigue:Warn:Enter"
            },
            {
                new() { Alerts = new() { LookAwayFast = TimeSpan.FromSeconds(4) } },
                null
            },
            {
                new() { Alerts = new() { LookAwayFast = TimeSpan.FromSeconds(40) } },
                "Judgement:Alerts"
            },
            {
                new()
                {
                    Fatigue = new()
                    {
                        Warn = new() { Enter = 0.3, Leave = 0.5 },
                    },
                },
                "Judgement:Fatigue:Warn"
            },
            {
                new() { Fatigue = new() { Perclos60 = new() { Weight = 99 } } },
                "Judgement:Fatigue:Perclos60"
            },
            {
                new() { Heart = new() { Artefacts = new() { SpreadBeats = 90 } } },
                "Judgement:Heart:Artefacts"
            },
            {
                new() { Profile = JudgementProfile.EuWork, SafetyJustification = Declared },
                "DpiaId"
            },
        };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_bad_value_is_named_where_it_stands(MonitorSettings settings, string? broken)
    {
        var results = settings.Validate(new ValidationContext(settings)).ToList();
        if (broken is null) Assert.Empty(results);
        else Assert.Contains(broken, Assert.Single(results).ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JudgementProfile.Standard, false, true)]
    [InlineData(JudgementProfile.EuWork, false, false)]
    [InlineData(JudgementProfile.EuWork, true, true)]
    public void At_work_in_the_Union_emotions_need_a_declared_safety_reason(JudgementProfile profile, bool declared, bool judged)
    {
        var settings = new MonitorSettings
        {
            Profile = profile,
            Anger = new() { Enabled = true },
            SafetyJustification = declared ? Declared : null,
            DpiaId = declared ? "2026-17" : null,
        };
        Assert.Equal((judged, judged), (settings.JudgesStress(), settings.JudgesAnger()));
    }
}
