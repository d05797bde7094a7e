using System.Globalization;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>Draws the openness of the eyes and the pose of the head around an alert.</summary>
internal sealed class CloseupPlots(ReportLog log, ReportWords words, Axis axis)
{
    /// <summary>Degrees at the edge of the scale; heads that turn farther touch it.</summary>
    private const double Widest = 60;

    /// <summary>Empty where nothing was seen.</summary>
    public string Of(AlertEpisode episode)
    {
        if (log.Closeups.All.Find(one => one.Rule == episode.Rule && one.Raised == episode.From) is not { } closeup) return "";
        if (closeup.Moments.Count < 2) return "";
        var near = axis.Near(closeup.Moments[0].At, closeup.Moments[^1].At);
        var isOfEyes = episode.Rule == AlertRule.EyesClosed;
        var lids = Draw(near, episode, closeup, words.EyesOpen, "100 %", "0 %", "fatigue", moment => moment.Openness);
        var head = isOfEyes
            ? Draw(near, episode, closeup, words.HeadRaised, Degrees(Widest), Degrees(-Widest), "distraction", moment => Share(moment.PitchDegrees))
            : Draw(near, episode, closeup, words.HeadTurned, Degrees(Widest), Degrees(-Widest), "distraction", moment => Share(moment.YawDegrees));
        return $"<div class=pair>{(isOfEyes ? lids + head : head + lids)}</div>";
    }

    private static string Draw(
        Axis near, AlertEpisode episode, Closeup closeup, string name, string top, string bottom, string kind,
        Func<FaceMoment, double?> figure)
    {
        var curve = Curve.Of(near, closeup.Moments, moment => moment.At, figure);
        if (curve.IsEmpty) return "";
        var plot = new Plot(near).Scale(top, bottom).Curve(curve, 1, kind);
        foreach (var (from, until, level) in episode.Phases(near.Until))
            plot.Stretch(from, until, $"alert level{(int)level}", "");
        return $"<figure><figcaption>{name}</figcaption>{plot.Write("small", name)}</figure>";
    }

    private static double? Share(double? degrees) => (degrees + Widest) / (2 * Widest);

    private static string Degrees(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:+0;−0}°");
}
