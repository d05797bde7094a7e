using System.Globalization;
using System.Text;

namespace DriverMonitor.Recording.Report;

/// <summary>A month of one driver's recorded drives on one page of HTML that needs nothing else.</summary>
/// <param name="month">Its first day.</param>
/// <param name="drives">In the order of time; at least one.</param>
internal sealed class MonthPage(DateOnly month, IReadOnlyList<MonthDrive> drives, string? vehicle, ReportWords words)
{
    public string Write()
    {
        var html = new StringBuilder(1 << 15);
        var name = words.Month(month);
        ReportPage.Begin(html, words, $"{words.MonthReport}: {name}");
        var worst = drives.OrderByDescending(drive => drive.Highest).ThenByDescending(drive => drive.Sleeps).First();
        html.Append(CultureInfo.InvariantCulture, $"<header><p class=kicker>{words.MonthReport}</p>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"verdict level{worst.Highest}\">{ReportPage.Safe(Verdict(worst))}</p><h1>{ReportPage.Safe(name)}</h1>");
        if (vehicle is not null) html.Append(CultureInfo.InvariantCulture, $"<p>{words.Vehicle} {ReportPage.Safe(vehicle)}</p>");
        Tiles(html);
        html.Append("</header>\n");
        Calendar(html);
        Table(html);
        html.Append(CultureInfo.InvariantCulture, $"<footer><h2>{words.Limits}</h2><ul>");
        foreach (var line in words.LimitLines) html.Append(CultureInfo.InvariantCulture, $"<li>{ReportPage.Safe(line)}</li>");
        return html.Append("</ul></footer></main></body></html>\n").ToString();
    }

    private double Hours => drives.Sum(drive => drive.Lasted.TotalHours);

    private string Verdict(MonthDrive worst) => worst.Highest == 0 && worst.Sleeps == 0
        ? words.MonthQuiet : words.Put(words.MonthWorst, words.Date(worst.Began), worst.Verdict);

    private void Tiles(StringBuilder html)
    {
        html.Append("<dl class=tiles>");
        ReportHead.Tile(html, words.Drives, $"{drives.Count}", "");
        ReportHead.Tile(html, words.Lasted, new CuePhrases(words).Duration(3600 * Hours), "");
        var alerts = drives.Sum(drive => drive.AlertCount);
        ReportHead.Tile(
            html, words.Alerts, $"{alerts}", words.Put(words.AnHour, Math.Round(alerts / Math.Max(Hours, 0.01), 1)),
            $"level{drives.Max(drive => drive.Highest)}");
        ReportHead.Tile(html, words.Sleeps, $"{drives.Sum(drive => drive.Sleeps)}", "");
        html.Append("</dl>");
    }

    private string Hour(double hours) => string.Create(words.Numbers, $"{hours:0.#} h");

    /// <summary>A week a row, from Monday; a day is as red as its worst alert.</summary>
    private void Calendar(StringBuilder html)
    {
        var days = drives.ToLookup(drive => drive.Began.Day);
        var (shift, last) = (((int)month.DayOfWeek + 6) % 7, DateTime.DaysInMonth(month.Year, month.Month));
        html.Append(CultureInfo.InvariantCulture, $"<section><h2>{words.Calendar}</h2><table class=calendar><thead><tr>");
        foreach (var name in words.Weekdays) html.Append(CultureInfo.InvariantCulture, $"<th scope=col>{name}");
        html.Append("</tr></thead><tbody>");
        for (var first = 1 - shift; first <= last; first += 7)
        {
            html.Append("<tr>");
            for (var day = first; day < first + 7; day++) Day(html, day < 1 || day > last ? null : day, [.. days[day]]);
            html.Append("</tr>");
        }

        html.Append("</tbody></table></section>\n");
    }

    private void Day(StringBuilder html, int? day, List<MonthDrive> driven)
    {
        if (driven.Count == 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<td><small>{day}</small>");
            return;
        }

        var highest = driven.Max(drive => drive.Highest);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<td class=level{highest}><b>{day}</b><small>{Hour(driven.Sum(drive => drive.Lasted.TotalHours))}</small>");
        if (highest > 0) html.Append(CultureInfo.InvariantCulture, $"<small>{words.AlertLevels[highest]}</small>");
    }

    private void Table(StringBuilder html)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<section><h2>{words.Drives}</h2><div class=wide><table class=alerts><thead><tr><th>{words.Began}<th>{words.Lasted}<th>{words.What}<th>{words.Alerts}<th>PERCLOS<th>{words.RestingPulse}</tr></thead><tbody>");
        foreach (var drive in drives)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td><time>{words.Date(drive.Began)}, {drive.Began:HH:mm}</time><td>{Axis.Length(drive.Lasted)}<td>{ReportPage.Safe(drive.Verdict)}<td>");
            for (var level = drive.Alerts.Count - 1; level > 0; level--)
                if (drive.Alerts[level] > 0)
                    html.Append(
                        CultureInfo.InvariantCulture,
                        $"<span class=\"badge level{level}\">{drive.Alerts[level]} × {words.AlertLevels[level]}</span> ");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<td><span class=narrow>PERCLOS </span>{(drive.Perclos is { } share ? string.Create(words.Numbers, $"{100 * share:0.#} %") : "–")}");
            html.Append(
                CultureInfo.InvariantCulture,
                $"<td><span class=narrow>{words.RestingPulse} </span>{(drive.RestingPulse is { } pulse ? pulse.ToString("F0", words.Numbers) : "–")}</tr>");
        }

        html.Append("</tbody></table></div></section>\n");
    }
}
