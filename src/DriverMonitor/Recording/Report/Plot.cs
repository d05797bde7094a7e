using System.Globalization;
using System.Text;

namespace DriverMonitor.Recording.Report;

/// <summary>
/// One plot as HTML: lines and bands are SVG that stretches, words are text beside it that does not, so that a phone and a sheet
/// of paper can read both.
/// </summary>
internal sealed class Plot(Axis axis)
{
    /// <summary>A time below this place of the axis would reach over its end.</summary>
    private const double NearEnd = 0.93;

    private readonly StringBuilder _lines = new(), _marks = new();
    private string _scale = "";

    /// <summary>Names the ends of the scale.</summary>
    public Plot Scale(string top, string bottom)
    {
        _scale = $"<b>{top}</b><b>{bottom}</b>";
        return this;
    }

    public Plot Curve(Curve curve, double scale, string kind, bool hasBand = false)
    {
        foreach (var (from, width) in curve.Unknown())
            _marks.Append(
                CultureInfo.InvariantCulture, $"<i class=unknown style=\"left:{100 * from:F2}%;width:{100 * width:F2}%\"></i>");
        if (hasBand)
            _lines.Append($"<path class=\"band {kind}\" d=\"{curve.Band(scale)}\"/>");
        _lines.Append($"<path class=\"line {kind}\" d=\"{curve.Line(scale)}\"/>");
        return this;
    }

    /// <summary>A line across, where something begins to count.</summary>
    public Plot Threshold(double height)
    {
        _lines.Append(CultureInfo.InvariantCulture, $"<path class=threshold d=\"M0 {100 - 100 * height:F1}H1000\"/>");
        return this;
    }

    /// <summary>A stretch of time that is coloured.</summary>
    public Plot Stretch(TimeSpan from, TimeSpan until, string kind, string words)
    {
        var left = axis.Place(from);
        _marks.Append(
            CultureInfo.InvariantCulture,
            $"<i class=\"{kind}\" style=\"left:{100 * left:F2}%;width:{100 * (axis.Place(until) - left):F2}%\" title=\"{words}\"></i>"
        );
        return this;
    }

    /// <param name="size">A class for its height.</param>
    /// <param name="words">For who does not see it.</param>
    public string Write(string size, string words, bool hasTimes = true)
    {
        var html = new StringBuilder(
            $"<div class=plot><div class=scale>{_scale}</div><div class=\"area {size}\" role=img aria-label=\"{words}\">{_marks}"
        );
        html.Append("<svg viewBox=\"0 0 1000 100\" preserveAspectRatio=none aria-hidden=true>");
        foreach (var tick in axis.Ticks())
            html.Append(CultureInfo.InvariantCulture, $"<path class=grid d=\"M{1000 * axis.Place(tick):F1} 0V100\"/>");
        html.Append(_lines).Append("</svg></div>");
        if (hasTimes) html.Append("<div class=times>").AppendJoin("", axis.Ticks().Select(Tick)).Append("</div>");
        return html.Append("</div>\n").ToString();
    }

    private string Tick(TimeSpan at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<span{(axis.Place(at) > NearEnd ? " class=end" : "")} style=\"left:{100 * axis.Place(at):F2}%\">{axis.Tick(at)}</span>");
}
