using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation;
using DriverMonitor.Files;

namespace DriverMonitor.Tests.Evaluation;

/// <summary>What a description, a folder or a list of clips stands for.</summary>
public sealed class EvaluationSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evaluation").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_pattern_stands_for_every_file_that_fits()
    {
        Make("Fold1_part1/01/0.mov", "Fold1_part1/01/10.mov", "Fold1_part2/02/5.MOV", "Fold1_part2/02/notes.txt");

        var set = Describe("""
            {"name": "drowsy videos", "items": [{
              "input": "*/{person}/{kind}.mov", "subject": "{person}", "state": "{kind}", "groups": {"fold": "{person}"},
              "map": {"kind": {"0": "awake", "5": "low_vigilant", "10": "drowsy"}}}]}
            """);

        Assert.Equal(
            ["Fold1_part1/01/0.mov 01 Awake", "Fold1_part1/01/10.mov 01 Drowsy", "Fold1_part2/02/5.MOV 02 Ignored"],
            set.Items.Select(item => $"{item.Name} {item.Subject} {item.State}"));
        Assert.Equal(["fold: 01", "subject: 01"], set.Items[0].Headings());
    }

    [Theory]
    [InlineData("{\"items\": []}", "names no \"items\"")]
    [InlineData("{\"items\": [{\"input\": \"nothing*\"}]}", "fits 'nothing*'")]
    [InlineData("{\"items\": [{\"input\": \"../x.mp4\"}]}", "leads out of")]
    [InlineData("{\"items\": [{\"input\": \"/etc/passwd\"}]}", "leads out of")]
    [InlineData("{\"items\": [{\"inputs\": \"x\"}]}", "inputs")]
    [InlineData("{\"items\": [{\"input\": \"a.mp4\", \"covers\": [\"sneeze\"]}]}", "'sneeze' is no class of labels")]
    [InlineData("{\"items\": [{\"input\": \"a.mp4\", \"labels\": [{\"file\": \"gone.csv\"}]}]}", "gone.csv does not exist")]
    [InlineData("{\"items\": [{\"input\": \"a.mp4\", \"speedKmh\": -1}]}", "a speed of -1 km/h is none")]
    [InlineData("{", "See docs/evaluation.md")]
    public void A_bad_description_is_refused_in_one_line(string text, string why)
    {
        Make("a.mp4");
        var fault = Assert.Throws<InputException>(() => Describe(text));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Folders_are_named_for_what_they_show()
    {
        Make(
            "ClosedFace/1.jpg", "OpenFace/2.jpg", "faces/Yawn/3.png", "drowsy/4.mp4", "other/5.mp4", "talks/6.avi", "talks/6.csv");

        var set = FolderSet.Read(_folder);

        Assert.Equal(
            [
                "ClosedFace/1.jpg Still (Closure, True)", "OpenFace/2.jpg Still (Closure, False)", "drowsy/4.mp4 Video Drowsy",
                "faces/Yawn/3.png Still (Yawn, True)", "talks/6.avi Video 6.csv",
            ],
            set.Items.Select(item =>
                $"{item.Name} {item.Kind} {item.Shows?.ToString() ?? item.State?.ToString() ?? Path.GetFileName(item.Labels[0].Path)}"));
        Assert.Equal(["other: 1 without a label"], set.Notes);
    }

    [Fact]
    public void A_folder_without_labels_is_refused()
    {
        Make("a.mp4");
        Assert.Contains(
            "holds nothing labelled", Assert.Throws<InputException>(() => FolderSet.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_have_ranges_and_say_what_never_occurs()
    {
        Make("me/a.mp4");
        File.WriteAllText(
            Path.Combine(_folder, ClipRanges.Name),
            """{"clips": {"me/a.mp4": {"fps": 20, "closures": [[15, 18], [88, 177]], "yawns": 0, "blinks_short": 3, "head_up": [[1, 2]]}}}""");

        var item = Assert.Single(FolderSet.Read(_folder).Items);

        Assert.Equal(("me/a.mp4", "me", 3), (item.Name, item.Subject, item.Spelt.Count));
        Assert.Equal([LabelClass.Closure, LabelClass.Yawn], item.Covers.Order());
    }

    private EvaluationSet Describe(string text)
    {
        var path = Path.Combine(_folder, SetFile.Name);
        File.WriteAllText(path, text);
        return SetFile.Read(path, data: null);
    }

    private void Make(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
