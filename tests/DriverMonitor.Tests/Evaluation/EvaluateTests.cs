using System.Text;
using System.Text.Json;
using DriverMonitor.Cli;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Evaluation;

/// <summary>Labelled drives through the real networks, and the figures that come out.</summary>
public sealed class EvaluateTests
{
    [Fact]
    public void A_drawn_drive_is_found_whole()
    {
        var figures = EvaluateCommand.Judge(BuiltInSet.Make(isShort: true), new(), CancellationToken.None);

        Assert.Equal(
            ["Closure 11 of 11, 0 false", "Yawn 1 of 1, 0 false", "LookAway 1 of 1, 0 false"],
            figures.All.Events.Select(one => $"{one.Class} {one.Tally.Found} of {one.Tally.Labels}, {one.Tally.FalseOnes} false"));
        Assert.Equal((2, 0), (figures.All.Alerts.Raised, figures.All.Alerts.FalseOnes));
        Assert.Equal("1 of 10 labels", figures.All.Events[1].Recall.Insufficient);
        Assert.Null(figures.All.Alerts.FalseAnHour.Value);

        using var json = new MemoryStream();
        FiguresJson.Write(json, figures);
        var all = JsonDocument.Parse(Encoding.UTF8.GetString(json.ToArray())).RootElement.GetProperty("all");
        Assert.Equal(1.0, all.GetProperty("events").GetProperty("closure").GetProperty("recall").GetProperty("value").GetDouble());
        Assert.False(all.GetProperty("events").GetProperty("yawn").GetProperty("recall").TryGetProperty("value", out _));

        var page = FiguresPage.Of(figures);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void Every_labelled_closure_turn_and_look_away_of_the_clips_is_found_and_nothing_else()
    {
        var figures = EvaluateCommand.Judge(FolderSet.Read(SharedData.Path("video")), new(), CancellationToken.None);

        Assert.Empty(figures.Failed);
        Assert.Equal(
            ["Closure 4 of 4, 0 false", "Yawn 0 of 0, 0 false", "LookAway 6 of 6, 0 false"],
            figures.All.Events.Select(one => $"{one.Class} {one.Tally.Found} of {one.Tally.Labels}, {one.Tally.FalseOnes} false"));
        Assert.Equal(0, figures.All.Alerts.FalseOnes);
        Assert.NotNull(figures.All.Alerts.FalseAnHour.Insufficient);
    }

    [SharedDataFact]
    public void Published_figures_of_the_heart_are_met()
    {
        var set = SetFile.Read(SourceTree.Path("tests", "long", "evaluate", "shared-data.json"), SharedData.Folder);
        var hearts = set with { Items = [.. set.Items.Where(item => item.Kind == InputKind.Heart)] };

        var figures = EvaluateCommand.Judge(hearts, new(), CancellationToken.None);

        Assert.NotEmpty(figures.All.Heart);
        Assert.All(figures.All.Heart, one => Assert.Equal(one.Figure.Expected, one.Figure.Found!.Value, 0.06));
    }

    [Fact]
    public void Stills_are_judged_one_by_one()
    {
        var folder = Directory.CreateTempSubdirectory("stills");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "open"));
        foreach (var name in new[] { "astronaut_eileen_collins_nasa.png", "grace_hopper_usnavy.jpg" })
            File.Copy(Pictures.Golden(name), Path.Combine(folder.FullName, "open", name));

        var figures = EvaluateCommand.Judge(FolderSet.Read(folder.FullName), new(), CancellationToken.None);
        folder.Delete(recursive: true);

        var shown = Assert.Single(figures.All.Shown);
        Assert.Equal((LabelClass.Closure, 0, 2, 0), (shown.Class, shown.Positives, shown.Negatives, shown.NotSeen));
        Assert.Equal("2 of 10 negative inputs", shown.Specificity.Insufficient);
        Assert.DoesNotContain(figures.Outcomes, one => one.Shown!.IsFound == true);
    }

    [Fact]
    public async Task A_set_that_cannot_be_judged_ends_in_one_line_and_writes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("bad");
        File.WriteAllText(Path.Combine(folder.FullName, "a.mp4"), "no video");
        File.WriteAllText(Path.Combine(folder.FullName, "a.csv"), "label,start_s,end_s\nclosure,1,2");
        var json = Path.Combine(folder.FullName, "out.json");

        var (code, _, errors) = await TheProgram.RunAsync("evaluate", folder.FullName, "--json", json);
        var (taken, _, words) = await TheProgram.RunAsync("evaluate", folder.FullName, "--json", Path.Combine(folder.FullName, "a.csv"));

        Assert.Equal((66, 64), (code, taken));
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains("would be overwritten", words, StringComparison.Ordinal);
        Assert.Equal(["a.csv", "a.mp4"], Directory.GetFiles(folder.FullName).Select(file => Path.GetFileName(file)!).Order());
        folder.Delete(recursive: true);
    }
}
