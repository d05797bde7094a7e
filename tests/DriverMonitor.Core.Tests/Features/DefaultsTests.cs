using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using DriverMonitor.Core.Tests.Vectors;

namespace DriverMonitor.Core.Tests.Features;

/// <summary>The shipped defaults are those that were worked out and written down, key by key.</summary>
public class DefaultsTests
{
    private static readonly MonitorSettings Shipped = new();

    private static readonly Dictionary<string, double> Eye = new()
    {
        ["frameGapMaxS"] = Shipped.Frames.LongestSpeaking.TotalSeconds,
        ["blinkHalf"] = Shipped.Eyes.Half,
        ["closedEnter"] = Shipped.Eyes.ShutBelow,
        ["closedExit"] = Shipped.Eyes.NoLongerShut,
        // Where an eye counts as covered is the other side of where it counts as shut.
        ["p80Closure"] = 1 - Shipped.Eyes.ShutBelow,
        ["blinkMinMs"] = Shipped.Eyes.ShortestBlink.TotalMilliseconds,
        ["blinkMaxMs"] = Shipped.Eyes.LongestBlink.TotalMilliseconds,
        ["longBlinkMs"] = Shipped.Eyes.LongBlink.TotalMilliseconds,
        ["microsleepS"] = Shipped.Eyes.Microsleep.TotalSeconds,
        ["level2S"] = Shipped.Alerts.EyesClosedWarning.TotalSeconds,
        ["sleepS"] = Shipped.Alerts.EyesClosedAlarm.TotalSeconds,
        ["unresponsiveS"] = Shipped.Alerts.EyesClosedEmergency.TotalSeconds,
        ["openPercentile"] = Shipped.Eyes.OpenPercentile * 100,
        ["closedFallbackRatio"] = Shipped.Eyes.ShutOverOpen,
        ["minRange"] = Shipped.Eyes.LeastRange,
        ["refFallPerHour"] = Shipped.Eyes.OpenFallPerHour,
        ["gazeDownDeg"] = Shipped.Eyes.GazeDownDegrees,
        ["pitchDownDeg"] = Shipped.Eyes.HeadDownDegrees,
        ["perclosMinValidShare"] = Shipped.Eyes.PerclosLeastSeen,
        ["minBlinks"] = Shipped.Eyes.FewestBlinks,
        ["heldClosedS"] = Shipped.Eyes.HeldShut.TotalSeconds,
        ["heldClosedHeadDropS"] = Shipped.Eyes.HeldShutHeadDropped.TotalSeconds,
    };

    private static readonly Dictionary<string, double> Distraction = new()
    {
        ["longS"] = Shipped.Alerts.LookAwayFast.TotalSeconds,
        ["vatsSumS"] = Shipped.Alerts.ManyLookAways.TotalSeconds,
        ["vatsWindowS"] = Shipped.Road.SharingWindow.TotalSeconds,
        ["vatsResetS"] = Shipped.Road.SharingReset.TotalSeconds,
        ["attendBufferS"] = Shipped.Road.AttentionBuffer.TotalSeconds,
        ["attendLatencyS"] = Shipped.Road.AttentionLatency.TotalSeconds,
        ["yawDeg"] = Shipped.Road.GazeYaw,
        ["pitchDownDeg"] = -Shipped.Road.GazeDown,
        ["pitchUpDeg"] = Shipped.Road.GazeUp,
    };

    private static readonly Dictionary<string, double> Alerts = new()
    {
        ["fatigueWarnMinGapS"] = Shipped.Alerts.FatigueSoundGap.TotalSeconds,
        ["fatigueWarnMaxPerHour"] = Shipped.Alerts.FatigueSoundsPerHour,
        ["hintMinGapS"] = Shipped.Alerts.HintGap.TotalSeconds,
        ["hintMaxPerShift"] = Shipped.Alerts.HintsPerShift,
    };

    [Fact]
    public void Eyes_roads_and_alerts_ship_as_written_down()
    {
        AssertShipped("eye", Eye);
        AssertShipped("distraction", Distraction);
        AssertShipped("alerts", Alerts);
    }

    /// <summary>Speeds and seconds of the regulation; above 50 km/h we warn sooner.</summary>
    [Fact]
    public void The_regulation_s_speeds_are_ours()
    {
        var addw = Vector.Defaults.GetProperty("distraction").GetProperty("addw");
        Assert.Equal(
            (Shipped.Alerts.LookAwayFromKmh, Shipped.Alerts.LookAwayFastFromKmh),
            (addw[0][0].GetDouble(), addw[0][1].GetDouble()));
        Assert.Equal(
            (Shipped.Alerts.LookAwayFastFromKmh, Shipped.Alerts.LookAwaySlow.TotalSeconds),
            (addw[1][0].GetDouble(), addw[0][2].GetDouble()));
        Assert.True(Shipped.Alerts.LookAwayFast.TotalSeconds <= addw[1][2].GetDouble());
    }

    /// <summary>
    /// No key of the written-down defaults is without a place here; the buzzer keeps the one that is not the judgement's.
    /// </summary>
    [Fact]
    public void Every_key_that_was_written_down_has_its_place()
    {
        string[] elsewhere = ["distraction.addw", "alerts.minSoundGapS"];
        var named = Eye.Keys.Select(key => $"eye.{key}").Concat(Distraction.Keys.Select(key => $"distraction.{key}"))
            .Concat(Alerts.Keys.Select(key => $"alerts.{key}")).Concat(elsewhere).Order();
        var written = ((string[])["eye", "distraction", "alerts"])
            .SelectMany(section => Vector.Defaults.GetProperty(section).EnumerateObject().Select(key => $"{section}.{key.Name}"))
            .Order();
        Assert.Equal(written, named);
        Assert.Equal(
            ["fatigue", "eye", "heart", "stress", "anger", "distraction", "baseline", "alerts"],
            Vector.Defaults.EnumerateObject().Select(section => section.Name));
    }

    /// <summary>What the binder checks at start must let the defaults pass.</summary>
    [Fact]
    public void The_defaults_are_valid() => Validator.ValidateObject(Shipped, new(Shipped), validateAllProperties: true);

    [Fact]
    public void A_bad_limit_is_refused_wherever_it_stands()
    {
        MonitorSettings[] bad =
        [
            Shipped with
            {
                Eyes = Shipped.Eyes with { Microsleep = TimeSpan.FromSeconds(0.5), LongBlink = TimeSpan.FromSeconds(0.6) },
            },
            Shipped with
            {
                Eyes = Shipped.Eyes with { NoLongerShut = 0.1 },
            },
            Shipped with
            {
                Alerts = Shipped.Alerts with { EyesClosedWarning = TimeSpan.FromSeconds(30) },
            },
            Shipped with
            {
                Road = Shipped.Road with { GazeYaw = double.NaN },
            },
        ];
        Assert.All(
            bad,
            settings =>
                Assert.Throws<ValidationException>(() =>
                    Validator.ValidateObject(settings, new(settings), validateAllProperties: true)));
    }

    private static void AssertShipped(string section, Dictionary<string, double> shipped)
    {
        var written = Vector.Defaults.GetProperty(section);
        foreach (var (key, value) in shipped)
            Assert.Equal((key, written.GetProperty(key).GetDouble()), (key, Math.Round(value, 9)));
        Assert.All(shipped.Keys, key => Assert.Equal(JsonValueKind.Number, written.GetProperty(key).ValueKind));
    }
}
