using System.Globalization;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>How a rule is measured.</summary>
public enum Measured
{
    /// <summary>The time from the onset until it is said.</summary>
    Moment,

    /// <summary>The same, where sooner is as good.</summary>
    Deadline,

    /// <summary>The length that the line names when it is over.</summary>
    Length,

    /// <summary>That it is never said.</summary>
    Silence,
}

/// <summary>
/// One timing, and two drives on either side of it. Scripts begin at the onset; what is so before is in
/// <paramref name="Before"/>.
/// </summary>
/// <param name="Seconds">When it must be said, or how long the drive really makes it last.</param>
/// <param name="Said">The line's beginning, without its time.</param>
/// <param name="Reaches">A drive that passes the limit; empty for a silence.</param>
/// <param name="StaysBelow">A drive that comes within the tolerance of the limit and must hear nothing of it.</param>
/// <param name="Required">The limit as the page prints it.</param>
/// <param name="Remark">Where we are stricter or looser than the source, and why.</param>
public sealed record TimedRule(
    string Name, string Source, Measured Measured, double Seconds, string Said, string Before, string Reaches, string StaysBelow,
    string Required, string Remark)
{
    /// <summary>Seconds of ordinary driving before the onset; scores need some minutes to be sure of anything.</summary>
    public double Lead { get; init; } = 20;

    /// <summary>Euro NCAP's test tolerance, in seconds.</summary>
    public const double Tolerance = 0.2;

    /// <summary>Adds up many stretches, each with a beginning and an end that must be seen.</summary>
    public bool IsSum { get; init; }

    private const string After = "3s open gaze 0 0";

    /// <summary>Said while it lasts, at its limit.</summary>
    public static TimedRule While(
        string name, string source, double limit, string does, string said, string before = "speed 80", string remark = "") =>
        new(
            name,
            source,
            Measured.Moment,
            limit,
            said,
            before,
            Script(limit + 1, does),
            Script(limit - Tolerance, does),
            Text(limit),
            remark);

    /// <summary>Said at a moment of a drive that is more than one stretch.</summary>
    public static TimedRule At(
        string name,
        string source,
        double seconds,
        string reaches,
        string staysBelow,
        string said,
        string required,
        string before = "speed 80",
        string remark = ""
    ) => new(name, source, Measured.Moment, seconds, said, before, reaches, staysBelow, required, remark);

    /// <summary>Said by then, sooner or later.</summary>
    public static TimedRule By(
        string name,
        string source,
        double limit,
        string reaches,
        string staysBelow,
        string said,
        string before = "speed 80",
        string remark = ""
    ) => new(name, source, Measured.Deadline, limit, said, before, reaches, staysBelow, $"by {Text(limit)}", remark);

    /// <summary>Named when it is over, by how long it was.</summary>
    public static TimedRule Named(
        string name, string source, double limit, string does, string said, string before = "speed 80", string remark = "") =>
        new(
            name,
            source,
            Measured.Length,
            limit + Tolerance,
            said,
            before,
            Script(limit + Tolerance, does),
            Script(limit - Tolerance, does),
            $"from {Text(limit)}",
            remark);

    /// <summary>Never said.</summary>
    public static TimedRule Never(
        string name,
        string source,
        string does,
        string said,
        string required = "never",
        string before = "speed 80",
        string remark = ""
    ) => new(name, source, Measured.Silence, 0, said, before, "", does, required, remark);

    public override string ToString() => Name;

    private static string Script(double seconds, string does) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000}s {does}; {After}");

    private static string Text(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
}
