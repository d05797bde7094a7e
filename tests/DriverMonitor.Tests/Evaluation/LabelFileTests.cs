using DriverMonitor.Evaluation.Labels;
using DriverMonitor.Files;

namespace DriverMonitor.Tests.Evaluation;

/// <summary>Labels of every form that docs/evaluation.md names, and those that nobody can understand.</summary>
public sealed class LabelFileTests : IDisposable
{
    private const string Cvat = """
        <annotations><track id="0" label="closed"><box frame="3" outside="0"/><box frame="4" outside="0"/><box frame="5" outside="1"/>
        <box frame="9" outside="0"/></track></annotations>
        """;

    private const string CvatTags = """
        <annotations><image id="0"><tag label="yawn"/></image><image id="1"><tag label="yawn"/></image><image id="2"/></annotations>
        """;

    private const string Eaf = """
        <ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="1000"/><TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="2500"/>
        </TIME_ORDER><TIER TIER_ID="eyes"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a" TIME_SLOT_REF2="b">
        <ANNOTATION_VALUE>closed</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>
        """;

    private const string EafTwice = """
        <ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="1"/><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="2"/>
        </TIME_ORDER></ANNOTATION_DOCUMENT>
        """;

    private const string EafNowhere = """
        <ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="1"/><TIME_SLOT TIME_SLOT_ID="b"/></TIME_ORDER>
        <TIER TIER_ID="eyes"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a" TIME_SLOT_REF2="b"/></ANNOTATION></TIER></ANNOTATION_DOCUMENT>
        """;

    private const string Vcd = """
        {"vcd":{"actions":{"0":{"type":"eyes_state/close","frame_intervals":[{"frame_start":4,"frame_end":9}]}}}}
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    //  what it is, its text, its labels (p: pictures, s: seconds)
    public static TheoryData<string, string, string> Forms => new()
    {
        { "events", "label,start_s,end_s\nclosure,1.5,2\nyawn,3,7.25", "closure 1.5-2s, yawn 3-7.25s" },
        { "events by picture, semicolons", "start_frame;end_frame;label\n12;77;look_away", "look_away 12-77p" },
        { "events, quoted and commented", "# by eye\n\"label\",\"start\",\"end\"\n\"closure\",\"0:01.5\",\"0:00:02\"", "closure 1.5-2s" },
        { "one column a class", "frame,closed,yawn\n0,0,0\n1,1,0\n2,1,1\n3,0,1", "closed 1-2p, yawn 2-3p" },
        { "one word a picture", "frame,label\n10,awake\n11,awake\n12,drowsy", "awake 10-11p, drowsy 12-12p" },
        { "digits", "0011100200\n", "1 2-4p, 2 7-7p" },
        { "digits apart", "0, 0, 1, 1", "1 2-3p" },
        { "CVAT, a track", Cvat, "closed 3-4p, closed 9-9p" },
        { "CVAT, tags", CvatTags, "yawn 0-1p" },
        { "ELAN's file", Eaf, "closed 1-2.5s" },
        {
            "ELAN's export", "eyes\t\t00:00:01.000\t1.0\t00:00:02.500\t2.5\t00:00:01.500\t1.5\tclosed", "closed 1-2.5s"
        },
        { "ELAN's export with a header", "Tier\tBegin Time - ss.msec\tEnd Time - ss.msec\tAnnotation\neyes\t1.0\t2.5\tclosed", "closed 1-2.5s" },
        { "Driver Monitoring Dataset", Vcd, "eyes_state/close 4-9p" },
        { "a comma in quotes", "note,label,start,end\n\"shut, \"\"long\"\"\",closure,1,2", "closure 1-2s" },
        { "numbers with commas", "label;start_s;end_s\nclosure;1,5;2,25", "closure 1.5-2.25s" },
        { "lines of another system", "label,start_s,end_s\r\nclosure,1,2\r\n\r\n", "closure 1-2s" },
        { "a header alone", "label,start_s,end_s", "" },
        { "nothing", "", "" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_is_read(string form, string text, string expected)
    {
        Assert.NotEmpty(form);
        var labels = Read(text).Select(label =>
            FormattableString.Invariant($"{label.Word} {label.From}-{label.Until}{(label.IsInPictures ? 'p' : 's')}"));
        Assert.Equal(expected, string.Join(", ", labels));
    }

    [Theory]
    [InlineData("label,start_s,end_s\nclosure,2,1", "'closure' from 2 to 1 is no stretch of time")]
    [InlineData("label,start_s,end_s\nclosure,NaN,1", "line 2: 'NaN' is no time")]
    [InlineData("label,start_s,end_s\nclosure,1", "line 2 has 2 columns where the first has 3")]
    [InlineData("label,start_s,end_s\nclosure,1,1e300", "is no stretch of time")]
    [InlineData("a,b,c\n1,2,3", "its first line names neither")]
    [InlineData("frame,closed\n0,0\n2,1", "line 3 is not the next picture's")]
    [InlineData("frame,closed\n0,7", "'7' in column closed is neither 0 nor 1")]
    [InlineData("<html/>", "<html> is neither CVAT's nor ELAN's")]
    [InlineData("<annotations><track id='0'/></annotations>", "a <track> has no label")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>]><annotations>&x;</annotations>", "DTD is prohibited")]
    [InlineData(EafTwice, "two time slots are called 'a'")]
    [InlineData(EafNowhere, "'b', which is no time slot with a time")]
    [InlineData("label,start_s,end_s\nclosure,-1,2", "'closure' from -1 to 2 is no stretch of time")]
    [InlineData("label,start_frame,end_frame\nclosure,1e999,2", "'1e999' is no time and no picture")]
    [InlineData("label,start_s,end_s\n\"closure,1,2", "line 2 has 1 columns")]
    [InlineData("{\"vcd\":7}", "See docs/evaluation.md")]
    [InlineData("{\"vcd\":{\"actions\":{\"0\":{\"type\":\"x\",\"frame_intervals\":[{\"frame_start\":1e99,\"frame_end\":2}]}}}}", "See docs/evaluation.md")]
    [InlineData("{\"a\":1}", "this JSON is no OpenLABEL")]
    [InlineData("{", "See docs/evaluation.md")]
    public void What_is_no_label_is_refused_in_one_line(string text, string why)
    {
        var fault = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_flood_of_labels_is_refused() => Assert.Contains(
        "more than 20000 labels",
        Assert.Throws<InputException>(() => Read(string.Concat(Enumerable.Repeat("10", 30_000)))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Augen zu", "Closure")]
    [InlineData("1", "Drowsy")]
    [InlineData("eyes_state/open", "")]
    [InlineData("sneeze", "nobody knows what 'sneeze' means")]
    public void Words_mean_what_the_set_says(string word, string expected)
    {
        var source = new LabelSource(
            _file, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["augen zu"] = "closure", ["1"] = "drowsy" });
        if (expected.Contains(' ', StringComparison.Ordinal))
            Assert.Contains(
                expected, Assert.Throws<InputException>(() => LabelFile.ClassOf(word, source)).Message, StringComparison.Ordinal);
        else Assert.Equal(expected, $"{LabelFile.ClassOf(word, source)}");
    }

    //  how the file was saved
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("iso-8859-1")]
    public void An_old_or_foreign_encoding_is_read(string encoding)
    {
        File.WriteAllText(_file, "label,start_s,end_s\r\nmüde,1,2\r\n", System.Text.Encoding.GetEncoding(encoding));
        Assert.Equal("müde", Assert.Single(LabelFile.Read(new(_file, new Dictionary<string, string>()))).Word);
    }

    private IReadOnlyList<RawLabel> Read(string text)
    {
        File.WriteAllText(_file, text);
        return LabelFile.Read(new(_file, new Dictionary<string, string>()));
    }
}
