using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using DriverMonitor.Files;

namespace DriverMonitor.HeartRate;

/// <summary>
/// Hearts in XML: the rates of a TCX or GPX track, and Apple Health's export with its beats from moment to moment. Read as a
/// stream, because an export may be larger than the memory.
/// </summary>
internal sealed partial class HeartXml
{
    private const double HalfDay = 12 * 3600, LongestBeat = 2.4, ShortestBeat = 0.25;

    private readonly List<HeartRow> _track = [];
    private readonly List<HeartRow> _rates = [];
    private readonly List<HeartRow> _beats = [];
    private double? _first;
    private double? _at;
    private double _beatAt;
    private double? _lastBeat;

    /// <exception cref="HeartFileException">It is no XML, or cannot be read.</exception>
    public static HeartRows Read(string path)
    {
        var reading = new HeartXml();
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreWhitespace = true,
        };
        try
        {
            InputFile.Read("Heart file", path, file =>
            {
                SkipSpace(file);
                using var xml = XmlReader.Create(file, settings);
                while (xml.Read())
                    if (xml.NodeType == XmlNodeType.Element) reading.Take(xml);
                return reading;
            });
        }
        catch (XmlException e)
        {
            throw new HeartFileException(
                $"Heart file {path}, line {e.LineNumber}: the XML cannot be read ({ShownText.Excerpt(e.Message)}). Export it again."
            );
        }

        var rows = reading._beats.Count > 0 ? reading._beats : reading._track.Count > 0 ? reading._track : reading._rates;
        // An export groups by kind of record; and of one moment there may be several.
        rows = [.. rows.OrderBy(row => row.At)];
        var first = rows.Count > 0 ? rows[0].At ?? 0 : 0;
        return new([.. rows.Select(row => row with { At = row.At - first })], 1);
    }

    /// <summary>Some exports begin with spaces, which the declaration may not follow.</summary>
    private static void SkipSpace(FileStream file)
    {
        while (file.ReadByte() is ' ' or '\t' or '\r' or '\n') { }
        file.Position = Math.Max(0, file.Position - 1);
    }

    private void Take(XmlReader xml)
    {
        switch (xml.LocalName)
        {
            case "Trackpoint" or "trkpt": _at = null; break;
            case "Time" or "time": _at = Moment(TextOf(xml)) ?? _at; break;
            case "HeartRateBpm": TakeTrackRate(xml); break;
            case "hr": AddTrack(TextOf(xml)); break;
            case "Record": TakeRecord(xml); break;
            case "InstantaneousBeatsPerMinute": TakeBeat(xml); break;
            default: break;
        }
    }

    private void TakeTrackRate(XmlReader xml)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Value") AddTrack(TextOf(xml));
    }

    private void AddTrack(string text)
    {
        if (_at is { } at && HeartTable.TryNumber(text, out var rate) && rate > 0) _track.Add(new(at, rate, []));
    }

    private void TakeRecord(XmlReader xml)
    {
        _at = Moment(xml.GetAttribute("startDate") ?? "");
        (_beatAt, _lastBeat) = (_at ?? 0, null);
        if (xml.GetAttribute("type") != "HKQuantityTypeIdentifierHeartRate" || _at is not { } at) return;
        if (HeartTable.TryNumber(xml.GetAttribute("value") ?? "", out var rate) && rate > 0) _rates.Add(new(at, rate, []));
    }

    /// <summary>The moments of two beats are an interval apart; the time of day is written in the phone's language.</summary>
    private void TakeBeat(XmlReader xml)
    {
        if (Clock().Match(xml.GetAttribute("time") ?? "") is not { Success: true } clock)
            return;
        var now =
            Part(clock, 1) % 12 * 3600
            + Part(clock, 2) * 60
            + Part(clock, 3)
            + Part(clock, 4) / Math.Pow(10, clock.Groups[4].Length);
        var passed = _lastBeat is { } last ? (now - last + HalfDay) % HalfDay : 0;
        (_lastBeat, _beatAt) = (now, _beatAt + passed);
        if (passed is >= ShortestBeat and <= LongestBeat) _beats.Add(new(_beatAt, null, [Math.Round(passed * 1000, 1)]));
    }

    private static double Part(Match match, int group) =>
        match.Groups[group].Length == 0 ? 0 : double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string TextOf(XmlReader xml)
    {
        if (xml.IsEmptyElement || !xml.Read() || xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA)) return "";
        return xml.Value;
    }

    private double? Moment(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return null;
        var seconds = moment.UtcTicks / (double)TimeSpan.TicksPerSecond;
        _first ??= seconds;
        return seconds - _first;
    }

    [GeneratedRegex(@"^\s*([0-9]{1,2})[:.]([0-9]{2})[:.]([0-9]{2})(?:[.,]([0-9]{1,3}))?", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
