using System.Globalization;
using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// The few settings a fleet may change from afar, each within limits that leave the driver as well protected as before.
/// The list is what may be done; whatever is not on it may not.
/// </summary>
public static class ConfigRules
{
    private static readonly Dictionary<string, Func<string, bool>> Allowed = new(StringComparer.Ordinal)
    {
        // Less may leave the vehicle, never more: the vehicle's own file is the ceiling, see IsWithin.
        ["Mqtt:Privacy"] = value => value is "P0" or "P1" or "P2" or "P3",
        // A larger fleet spreads its connections wider.
        ["Mqtt:FirstConnectSpread"] = Span(TimeSpan.Zero, TimeSpan.FromHours(1)),
        ["Mqtt:ReconnectSpread"] = Span(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)),
        ["Mqtt:KeepAlive"] = Span(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(20)),
        // Hints are advice on the lamp; they may become rarer, never more of a distraction than shipped.
        ["Judgement:Alerts:HintsPerShift"] = Whole(0, 3),
        ["Judgement:Alerts:HintGap"] = Span(TimeSpan.FromMinutes(20), TimeSpan.FromHours(4)),
        // What is judged beyond safety may be switched off from afar; on is a matter of the vehicle's file and of consent.
        ["Judgement:Stress:Enabled"] = value => value is "False",
        ["Judgement:Anger:Enabled"] = value => value is "False",
        ["Judgement:Strict"] = value => value is "True",
    };

    /// <summary>The keys that may be changed.</summary>
    public static IReadOnlyCollection<string> Keys => Allowed.Keys;

    /// <summary>
    /// Null if the change may be made. A null value is always allowed: it gives the setting back to the vehicle's own file.
    /// </summary>
    public static CommandRefusal? Check(ConfigChange change) =>
        (Allowed.GetValueOrDefault(change.Key), change.Value) switch
        {
            (null, _) => change.Key.StartsWith("Judgement", StringComparison.OrdinalIgnoreCase)
                ? CommandRefusal.SafetyFloor
                : CommandRefusal.NotAllowed,
            (_, null) => null,
            (var may, var value) => may(value) ? null : CommandRefusal.OutOfRange,
        };

    /// <summary>Whether a privacy level asked for from afar lets no more out than the vehicle's own file.</summary>
    public static bool IsWithin(WireLevel asked, WireLevel own) => asked <= own;

    private static Func<string, bool> Span(TimeSpan least, TimeSpan most) => value =>
        TimeSpan.TryParseExact(value, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var span) && span >= least && span <= most;

    private static Func<string, bool> Whole(long least, long most) => value =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole >= least && whole <= most;
}
