using System.Globalization;
using System.Text;

namespace DriverMonitor.Recording.Report;

/// <summary>The pulse and its variability over a drive.</summary>
internal static class ReportHeart
{
    public static string Write(ReportLog log, ReportWords words, Axis axis)
    {
        var html = new StringBuilder($"<section><h2>{words.Heart}</h2>");
        var pulse = Curve.Of(axis, log.Seconds, second => second.At, second => second.Pulse - 40);
        if (pulse.IsEmpty)
            return html.Append(CultureInfo.InvariantCulture, $"<p>{words.NoHeart}</p></section>\n").ToString();
        var rmssd = Curve.Of(axis, log.Seconds, second => second.At, second => second.Rmssd);
        var top = Math.Ceiling(Math.Max(60, pulse.Peak + 5) / 20) * 20;
        var high = Math.Ceiling(Math.Max(40, rmssd.Peak + 1) / 20) * 20;
        html.Append(CultureInfo.InvariantCulture, $"<p class=help>{words.HeartHelp}</p>");
        Figure(html, words.Pulse, new Plot(axis).Scale($"{40 + top:F0}", "40").Curve(pulse, top, "heart"));
        if (!rmssd.IsEmpty) Figure(html, words.Rmssd, new Plot(axis).Scale($"{high:F0}", "0").Curve(rmssd, high, "heart"));
        Whole(html, log, words);
        return html.Append("</section>\n").ToString();
    }

    private static void Figure(StringBuilder html, string name, Plot plot) =>
        html.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{name}</figcaption>{plot.Write("low", name)}</figure>");

    /// <summary>The figures of the whole record, where one was kept.</summary>
    private static void Whole(StringBuilder html, ReportLog log, ReportWords words)
    {
        if (log.Heart is not { } whole) return;
        var figures = new[] { ("RMSSD", whole.Cleaned.RmssdMs), ("SDNN", whole.Cleaned.SdnnMs) }
            .Where(one => one.Item2 is not null)
            .Select(one => string.Create(words.Numbers, $"{one.Item1} {one.Item2:F1} ms"))
            .Prepend(string.Create(words.Numbers, $"{whole.Cleaned.BeatsPerMinute:F1} 1/min"));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p><strong>{words.Accepted}:</strong> {string.Join(", ", figures)}. <small>{words.Put(words.Rejected, words.Percent(whole.RejectedShare))}.</small></p>"
        );
    }
}
