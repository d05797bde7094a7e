using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DriverMonitor.Evaluation.Labels;

/// <summary>CVAT's export ("CVAT for video 1.1", "for images 1.1") and ELAN's own file (.eaf).</summary>
internal static class XmlLabels
{
    private const int MostWords = 100;

    public static IEnumerable<RawLabel> Parse(string text, string? tier)
    {
        var safe = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text), safe);
        var root = XDocument.Load(reader).Root!;
        return root.Name.LocalName switch
        {
            "annotations" => Cvat(root, tier),
            "ANNOTATION_DOCUMENT" => Elan(root, tier),
            _ => throw new FormatException($"<{Files.ShownText.Excerpt(root.Name.LocalName)}> is neither CVAT's nor ELAN's"),
        };
    }

    private static IEnumerable<RawLabel> Cvat(XElement root, string? tier)
    {
        foreach (var track in root.Elements("track"))
        {
            var word = Attribute(track, "label");
            if (tier is not null && word != tier) continue;
            foreach (var run in Shown(track)) yield return new(word, run.From, run.Until, IsInPictures: true);
        }

        var pictures = root.Elements("image").OrderBy(image => Whole(image, "id")).ToList();
        var words = pictures.SelectMany(image => image.Elements("tag").Select(tag => Attribute(tag, "label"))).Distinct()
            .Where(word => tier is null || word == tier).Take(MostWords + 1).ToList();
        if (words.Count > MostWords) throw new FormatException($"it uses more than {MostWords} different labels");
        foreach (var word in words)
        {
            foreach (var (from, until) in Joined(pictures.Where(image => Has(image, word)).Select(image => Whole(image, "id"))))
                yield return new(word, from, until, IsInPictures: true);
        }
    }

    /// <summary>A track's shapes, one a picture, up to the one that says it is outside.</summary>
    private static IEnumerable<(int From, int Until)> Shown(XElement track) =>
        Joined(track.Elements().Where(shape => shape.Attribute("frame") is not null && (string?)shape.Attribute("outside") != "1")
            .Select(shape => Whole(shape, "frame")).Order());

    private static IEnumerable<(int From, int Until)> Joined(IEnumerable<int> sorted)
    {
        (int From, int Until)? run = null;
        foreach (var number in sorted)
        {
            if (run is { } open && number > open.Until + 1)
            {
                yield return open;
                run = null;
            }

            run = (run?.From ?? number, number);
        }

        if (run is { } last) yield return last;
    }

    private static bool Has(XElement image, string word) => image.Elements("tag").Any(tag => Attribute(tag, "label") == word);

    private static IEnumerable<RawLabel> Elan(XElement root, string? tier)
    {
        var slots = new Dictionary<string, double>();
        foreach (var slot in root.Descendants("TIME_SLOT").Where(slot => slot.Attribute("TIME_VALUE") is not null))
        {
            if (!slots.TryAdd(Attribute(slot, "TIME_SLOT_ID"), Whole(slot, "TIME_VALUE") / 1000.0))
                throw new FormatException($"two time slots are called '{Files.ShownText.Excerpt(Attribute(slot, "TIME_SLOT_ID"))}'");
        }

        foreach (var row in root.Elements("TIER"))
        {
            var name = Attribute(row, "TIER_ID");
            if (tier is not null && name != tier) continue;
            foreach (var one in row.Descendants("ALIGNABLE_ANNOTATION"))
            {
                var value = one.Element("ANNOTATION_VALUE")?.Value.Trim();
                yield return new(
                    string.IsNullOrEmpty(value) ? name : value, Time(slots, one, "TIME_SLOT_REF1"), Time(slots, one, "TIME_SLOT_REF2"),
                    IsInPictures: false);
            }
        }
    }

    private static double Time(Dictionary<string, double> slots, XElement annotation, string end) =>
        slots.TryGetValue(Attribute(annotation, end), out var at)
            ? at
            : throw new FormatException(
                $"an annotation ends at '{Files.ShownText.Excerpt(Attribute(annotation, end))}', which is no time slot with a time");

    private static string Attribute(XElement element, string name) =>
        (string?)element.Attribute(name) ?? throw new FormatException($"a <{element.Name.LocalName}> has no {name}");

    private static int Whole(XElement element, string name) =>
        int.TryParse(Attribute(element, name), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw new FormatException($"{name} of a <{element.Name.LocalName}> is no number");
}
