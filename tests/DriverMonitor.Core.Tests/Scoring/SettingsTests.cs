using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Tests.Vectors;

namespace DriverMonitor.Core.Tests.Scoring;

public class SettingsTests
{
    private static readonly FatigueSettings Fatigue = new();
    private static readonly StressSettings Stress = new();
    private static readonly AngerSettings Anger = new();
    private static readonly BaselineSettings Baseline = new();
    private static readonly HeartSettings Heart = new();

    // What each key of the file is called here; a key without a row is a failure.
    private static readonly Dictionary<string, object> Ours = new()
    {
        ["fatigue.baseRate"] = Fatigue.BaseRate,
        ["fatigue.cues.perclos180"] = Fatigue.Perclos180,
        ["fatigue.cues.perclos60"] = Fatigue.Perclos60,
        ["fatigue.cues.blinkDurZ"] = Fatigue.BlinkDurationZ,
        ["fatigue.cues.longBlinkPerMin"] = Fatigue.LongBlinksPerMinute,
        ["fatigue.cues.blinkRateAbsZ"] = Fatigue.BlinkRateAbsZ,
        ["fatigue.cues.yawns10"] = Fatigue.Yawns10,
        ["fatigue.cues.nods5"] = Fatigue.Nods5,
        ["fatigue.cues.hrvDrowsyZ"] = Fatigue.HrvDrowsyZ,
        ["fatigue.cues.tpmKss"] = Fatigue.ThreeProcessKss,
        ["fatigue.cues.timeOnTaskH"] = Fatigue.TimeOnTaskHours,
        ["fatigue.groupCaps.eye"] = Fatigue.EyeCap,
        ["fatigue.groupCaps.mouth"] = Fatigue.MouthCap,
        ["fatigue.groupCaps.head"] = Fatigue.HeadCap,
        ["fatigue.groupCaps.heart"] = Fatigue.HeartCap,
        ["fatigue.groupCaps.prior"] = Fatigue.PriorCap,
        ["fatigue.tauRiseS"] = Fatigue.Rise,
        ["fatigue.tauFallS"] = Fatigue.Fall,
        ["fatigue.freezeAfterGapS"] = Fatigue.FreezeAfter,
        ["fatigue.freezeS"] = Fatigue.FreezeFor,
        ["fatigue.driftTauS"] = Fatigue.Drift,
        ["fatigue.floors.microsleep"] = Fatigue.Microsleep,
        ["fatigue.floors.twoMicrosleepsIn600s"] = Fatigue.TwoMicrosleeps,
        ["fatigue.floors.sleep"] = Fatigue.Sleep,
        ["fatigue.levels.watch"] = Fatigue.Watch,
        ["fatigue.levels.warn"] = Fatigue.Warn,
        ["fatigue.levels.critical"] = Fatigue.Critical,
        ["fatigue.kssMap"] = Pairs(Fatigue.SleepinessMap.Values, Fatigue.SleepinessMap.Evidence),
        ["heart.bpmMin"] = Heart.SlowestBpm,
        ["heart.bpmMax"] = Heart.FastestBpm,
        ["heart.rrMinMs"] = Heart.ShortestRrMs,
        ["heart.rrMaxMs"] = Heart.LongestRrMs,
        ["heart.malikRatio"] = Heart.LargestStep,
        ["heart.malikReseedBeats"] = Heart.ReseedAfterBeats,
        ["heart.lt.alpha"] = Heart.Artefacts.Alpha,
        ["heart.lt.c1"] = Heart.Artefacts.EctopicSlope,
        ["heart.lt.c2"] = Heart.Artefacts.EctopicOffset,
        ["heart.lt.qdWindow"] = Heart.Artefacts.SpreadBeats,
        ["heart.lt.medianWindow"] = Heart.Artefacts.MedianBeats,
        ["heart.lt.minThresholdMs"] = Heart.Artefacts.SmallestThresholdMs,
        ["heart.maxLagS"] = Heart.LargestLag,
        ["heart.minLagS"] = Heart.SmallestLag,
        ["heart.disconnectS"] = Heart.LinkLostAfter,
        ["heart.frozenHrS"] = Heart.FrozenAfter,
        ["heart.maxRejectShareRmssd"] = Heart.WorstShareForRmssd,
        ["heart.maxRejectShareSdnn"] = Heart.WorstShareForSdnn,
        ["heart.minPairs"] = Heart.FewestPairs,
        ["heart.siBinMs"] = Heart.StressIndexBinMs,
        ["stress.baseRate"] = Stress.BaseRate,
        ["stress.gain"] = Stress.Gain,
        ["stress.wHr"] = Stress.HeartRateWeight,
        ["stress.wLnRmssd"] = Stress.LnRmssdWeight,
        ["stress.wSqrtSi"] = Stress.SqrtStressIndexWeight,
        ["stress.wEda"] = Stress.SkinConductanceWeight,
        ["stress.bpmGain"] = Stress.RateOnlyWeight,
        ["stress.bpmCap"] = Stress.RateOnlyCap,
        ["stress.tauRiseS"] = Stress.Rise,
        ["stress.tauFallS"] = Stress.Fall,
        ["stress.exertionS"] = Stress.ExertionAfterStart,
        ["stress.levels.elevated"] = Stress.Elevated,
        ["stress.levels.high"] = Stress.High,
        ["anger.enabledByDefault"] = Anger.Enabled,
        ["anger.baseRate"] = Anger.BaseRate,
        ["anger.faceGain"] = Anger.FaceGain,
        ["anger.noHrCap"] = Anger.CapWithoutHeart,
        ["anger.tauRiseS"] = Anger.Rise,
        ["anger.tauFallS"] = Anger.Fall,
        ["anger.episodeP"] = Anger.EpisodeAt,
        ["anger.episodeS"] = Anger.EpisodeTime,
        ["anger.episodeWindowS"] = Anger.EpisodeWindow,
        ["anger.endP"] = Anger.EndBelow,
        ["baseline.calCold"] = Baseline.ColdCalibration,
        ["baseline.calWarm"] = Baseline.WarmCalibration,
        ["baseline.calPersonal"] = Baseline.PersonalCalibration,
        ["baseline.warmFaceS"] = Baseline.FaceWarmAfter,
        ["baseline.warmHeartS"] = Baseline.HeartWarmAfter,
        ["baseline.skipFirstHeartS"] = Baseline.SkipFirstOfHeart,
        ["baseline.blendKMin"] = Baseline.ProfileWeightMinutes,
        ["baseline.zClamp"] = Baseline.LargestZ,
        ["baseline.floors.hr"] = Baseline.HeartRateFloor,
        ["baseline.floors.lnRmssd"] = Baseline.LnRmssdFloor,
        ["baseline.floors.sqrtSi"] = Baseline.SqrtStressIndexFloor,
        ["baseline.floors.lnBlinkDur"] = Baseline.LnBlinkDurationFloor,
        ["baseline.floors.blinkRate"] = Baseline.BlinkRateFloor,
        ["baseline.floors.gazeSdDeg"] = Baseline.GazeSpreadDegreesFloor,
    };

    [Theory]
    [InlineData("fatigue")]
    [InlineData("heart")]
    [InlineData("stress")]
    [InlineData("anger")]
    [InlineData("baseline")]
    public void Shipped_defaults_are_the_specified_ones(string section)
    {
        var leaves = Leaves(section, Vector.Defaults.GetProperty(section)).ToArray();
        Assert.NotEmpty(leaves);
        Assert.All(leaves, leaf => Assert.Equal(leaf.Text, $"{leaf.Key}={Text(Ours[leaf.Key])}"));
    }

    [Fact]
    public void Shipped_defaults_lie_within_their_own_ranges()
    {
        List<ValidationResult> errors = [];
        Assert.All(
            Records, settings => Validator.TryValidateObject(settings, new(settings), errors, validateAllProperties: true));
        Assert.Empty(errors);
    }

    [Fact]
    public void Every_number_has_a_range()
    {
        var bare = Records
            .SelectMany(record =>
                record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(p => p.PropertyType == typeof(double) || p.PropertyType == typeof(int) || p.PropertyType == typeof(TimeSpan))
            .Where(p => p.GetCustomAttribute<RangeAttribute>() is null);
        Assert.Empty(bare.Select(p => $"{p.DeclaringType!.Name}.{p.Name}"));
    }

    [Fact]
    public void Settings_that_contradict_each_other_are_refused()
    {
        object[] wrong =
        [
            new LevelSettings { Enter = 0.3, Leave = 0.4 },
            new HeartSettings { WorstShareForSdnn = 0.3 },
            new ArtefactSettings { SpreadBeats = 90 },
            new FatigueSettings { BaseRate = 0 },
            new CueSettings { Weight = 1, Curve = new((0, 0), (1, 1.5)) },
        ];
        Assert.All(
            wrong,
            settings => Assert.False(Validator.TryValidateObject(settings, new(settings), [], validateAllProperties: true)));
    }

    [Theory]
    [InlineData("0 0, 1 0.5", "0 0, 1 0.5")]
    [InlineData(" 0.06  -0.4,1 1 ", "0.06 -0.4, 1 1")]
    [InlineData("0 0, 1", null)]
    [InlineData("0 1, 1 0", null)]
    [InlineData("0 0, 1 NaN", null)]
    [InlineData("", null)]
    public void A_curve_is_read_as_it_is_written(string text, string? read)
    {
        if (read is null) Assert.Throws<FormatException>(() => EvidenceCurve.Parse(text));
        else Assert.Equal(read, EvidenceCurve.Parse(text).ToString());
    }

    private static readonly object[] Records =
    [
        Fatigue,
        Stress,
        Anger,
        Baseline,
        Heart,
        Heart.Artefacts,
        Fatigue.Watch,
        Fatigue.Warn,
        Fatigue.Critical,
        Fatigue.Microsleep,
        Fatigue.Perclos180,
    ];

    // Cues, floors and levels are one leaf each, so that their curves and arrays are compared whole.
    private static IEnumerable<(string Key, string Text)> Leaves(string path, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return [(path, $"{path}={Compact(element)}")];
        if (element.TryGetProperty("curve", out var curve))
            return [(path, $"{path}={element.GetProperty("weight")} {Compact(curve)}")];
        return element.EnumerateObject().SelectMany(p => Leaves($"{path}.{p.Name}", p.Value));
    }

    private static string Compact(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(",", element.EnumerateArray().Select(Compact))}]",
        JsonValueKind.Number => Text(element.GetDouble()),
        _ => element.ToString().ToLowerInvariant(),
    };

    private static string Text(object value) => value switch
    {
        double number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        TimeSpan time => Text(time.TotalSeconds),
        bool flag => flag ? "true" : "false",
        CueSettings cue => $"{cue.Weight:0.0##} {Pairs(cue.Curve.Values, cue.Curve.Evidence)}",
        FloorSettings floor => $"[{Text(floor.P)},{Text(floor.HalfLife)}]",
        LevelSettings { NeededConfidence: 0 } level => $"[{Text(level.Enter)},{Text(level.Leave)},{Text(level.Dwell)}]",
        LevelSettings level => $"[{Text(level.Enter)},{Text(level.Leave)},{Text(level.Dwell)},{Text(level.NeededConfidence)}]",
        _ => value.ToString()!,
    };

    private static string Pairs(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (xs, ys) = (x.ToArray(), y.ToArray());
        return $"[{string.Join(",", xs.Select((v, i) => $"[{Text(v)},{Text(ys[i])}]"))}]";
    }
}
