using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Drivers;

namespace DriverMonitor.Recording.Report;

/// <summary>
/// A measured cue as people would say it: the sentences of the page in the cab, chosen as the page's phrases.js chooses them.
/// </summary>
/// <param name="words">Gives the language, and how numbers are written.</param>
internal sealed class CuePhrases(ReportWords words)
{
    /// <summary>At the beginning of a line, with the limit that it passed where there is one.</summary>
    public string Line(Reason why)
    {
        var said = Phrase(why.Cue, why.Value, why.Unit);
        if (why.Limit is { } limit && double.IsFinite(limit) && double.IsFinite(why.Value) && IsPlain(why.Unit))
            said = $"{said} ({words.Put(words.Limit, Amount(limit, why.Unit))})";
        return said.Length == 0 ? said : char.ToUpperInvariant(said[0]) + said[1..];
    }

    /// <param name="value">In <paramref name="unit"/>; what is no number is told without one.</param>
    public string Phrase(string cue, double value, string unit)
    {
        var name = words.Cue(cue);
        if (!double.IsFinite(value)) return Find($"cue.{cue}.up") ?? name;
        if (Find($"cue.{cue}.{Kind(cue, value, unit)}") is { } sentence) return words.Put(sentence, Figure(value, unit));
        return IsPlain(unit) ? $"{name}: {Amount(value, unit)}" : name;
    }

    /// <summary>A quantity with its unit, as short as it can be said.</summary>
    public string Amount(double value, string unit) => unit switch
    {
        "share" or "of limit" => $"{Number(100 * value, 0)} %",
        "h" => Duration(3600 * value),
        "s" => Duration(value),
        _ => $"{Number(value, Math.Abs(value) < 9.95 ? 1 : 0)} {unit}".Trim(),
    };

    /// <summary>How long something took.</summary>
    public string Duration(double seconds)
    {
        if (!double.IsFinite(seconds)) return "–";
        if (seconds < 59.5) return $"{Number(seconds, seconds < 9.95 ? 1 : 0)} s";
        var whole = Math.Round(seconds, MidpointRounding.AwayFromZero);
        var minutes = Math.Round(seconds / 60, MidpointRounding.AwayFromZero);
        if (seconds < 600 && whole % 60 > 0) return $"{Number(Math.Floor(whole / 60), 0)} min {whole % 60:0} s";
        return minutes < 60 ? $"{Number(minutes, 0)} min"
            : $"{Number(Math.Floor(minutes / 60), 0)} h{(minutes % 60 > 0 ? $" {minutes % 60:0} min" : "")}";
    }

    private string Figure(double value, string unit) =>
        IsRate(unit) ? Number(value, unit == "1/min" ? 1 : 0) : Amount(value, unit);

    /// <summary>Distances from what is usual, and rates, mean nothing to a reader by themselves.</summary>
    private static bool IsPlain(string unit) => unit is not ("" or "z" or "KSS") && !IsRate(unit);

    private static bool IsRate(string unit) => unit.StartsWith("1/", StringComparison.Ordinal);

    /// <summary>Which of a cue's sentences fits, by its unit.</summary>
    private string Kind(string cue, double value, string unit) => unit switch
    {
        "z" => Math.Abs(value) < 0.5 ? "usual" : value < 0 ? "low" : "high",
        "KSS" => value < 5 ? "low" : value < 7 ? "usual" : "high",
        "1/min" => value < 0.05 ? "none" : value < 0.95 ? "rare" : value < 1.05 ? "once" : "often",
        // A yawn behind a hand counts half.
        _ when IsRate(unit) => value < 0.5 ? "none" : value < 1.5 ? "once" : "often",
        "of limit" => value < 0.05 ? "none" : "part",
        "share" when Find($"cue.{cue}.likely") is not null => "likely",
        "" => "up",
        _ => "is",
    };

    private string? Find(string key) => PageWords.Find(key, words.Language);

    /// <summary>What rounds to nothing has no sign.</summary>
    private string Number(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return rounded.ToString(decimals == 0 ? "#,0" : "#,0.#", words.Numbers);
    }
}
