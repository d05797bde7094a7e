using System.CommandLine;
using System.Text;
using DriverMonitor.Camera;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;

namespace DriverMonitor.Cli;

/// <summary><c>evaluate SET</c>: judges labelled data as the service would and says how right it was.</summary>
internal static class EvaluateCommand
{
    public static Command Make()
    {
        var set = new Argument<string?>("SET")
        {
            Description = "A set's description (evaluation.json), or a folder: see docs/evaluation.md.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var builtIn = new Option<bool>("--builtin") { Description = "Judge drawn drives, which need no data." };
        var data = new Option<string?>("--data") { Description = "Folder that the description's paths are in, if not its own." };
        var json = new Option<string?>("--json") { Description = "Write every figure to this file." };
        var html = new Option<string?>("--html") { Description = "Write one page with tables and curves to this file." };
        var reviews = new Option<string?>("--reviews")
        {
            Description = "An operator's verdicts on alerts, lines of JSON or a table; alone, or in the place of SET.",
        };
        var config = new Option<string?>("--config") { Description = "Settings file; the defaults without it." };
        var command = new Command("evaluate", "Measure accuracy on labelled data.")
        {
            set, builtIn, data, json, html, reviews, config,
        };
        command.Validators.Add(line =>
        {
            var given = new[] { line.GetValue(set) is not null, line.GetValue(builtIn), line.GetValue(reviews) is not null };
            if (given.Count(one => one) != 1) line.AddError("evaluate needs one of SET, --builtin and --reviews.");
            else if (given[2] && line.GetValue(html) is not null) line.AddError("Reviews have no page: leave --html out.");
        });
        command.SetAction((line, stop) =>
        {
            IReadOnlyList<NamedPath> outputs =
                [.. ReplayPaths.Named(("--json", line.GetValue(json)), ("--html", line.GetValue(html)))];
            return Task.FromResult(
                line.GetValue(reviews) is { } file
                    ? Count(file, outputs)
                    : Run(line.GetValue(set), line.GetValue(data), line.GetValue(config), outputs, stop));
        });
        return command;
    }

    private static int Count(string reviews, IReadOnlyList<NamedPath> outputs)
    {
        OutputGuard.Check([new("--reviews", reviews)], outputs);
        OutputGuard.Check(KeptFiles.Of(null), [.. outputs.Where(output => !Directory.Exists(output.Path))]);
        var set = Reviews.Read(reviews);
        var figures = ReviewFigures.Of(set.Given);
        Console.Write(ReviewFigures.Text(set, figures));
        foreach (var output in outputs)
        {
            using var file = Create(output);
            ReviewFigures.Json(file.Content, figures);
            file.Commit();
        }

        return ExitCode.Fine;
    }

    private static int Run(string? path, string? data, string? config, IReadOnlyList<NamedPath> outputs, CancellationToken stop)
    {
        var settings = MonitorOptions.Load(config);
        var set = path is null ? BuiltInSet.Make() : Read(path, data);
        Protect(set, path, config, outputs);
        var files = outputs.Select(output => (output.Name, File: Create(output))).ToList();
        try
        {
            var figures = Judge(set, settings, stop);
            Console.Write(FiguresText.Of(figures));
            foreach (var (name, file) in files)
            {
                if (name == "--json") FiguresJson.Write(file.Content, figures);
                else file.Content.Write(Encoding.UTF8.GetBytes(FiguresPage.Of(figures)));
                file.Commit();
            }

            return figures.Failed.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
        }
        finally
        {
            foreach (var (_, file) in files) file.Dispose();
        }
    }

    /// <summary>Judges every input; one that cannot be read is named and does not end the rest.</summary>
    /// <exception cref="InputException">Nothing could be judged.</exception>
    public static Figures Judge(EvaluationSet set, MonitorOptions settings, CancellationToken stop)
    {
        using var run = new ItemRun(settings);
        var (outcomes, failed) = (new List<ItemOutcome>(), new List<string>());
        foreach (var item in set.Items)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                outcomes.Add(run.Judge(item, stop));
            }
            catch (Exception e) when (e is InputException or CameraException or HeartFileException or RecordingException)
            {
                failed.Add($"{item.Name}: {e.Message}");
            }
        }

        return outcomes.Count > 0
            ? new(set, outcomes, failed)
            : throw new InputException(failed.Count == 1 ? failed[0] : $"None of {failed.Count} inputs could be judged: {failed[0]}");
    }

    public static EvaluationSet Read(string path, string? data)
    {
        InputFile.Require("Set", path, mayBeFolder: true);
        if (data is not null && !Directory.Exists(data)) throw new InputException($"There is no folder {data}. Name another one with --data.");
        if (Directory.Exists(path))
            return data is null
                ? FolderSet.Read(path)
                : throw new UsageException($"{path} is a folder already: leave --data out.");
        return Path.GetFileName(path) == ClipRanges.Name ? ClipRanges.Read(path) : SetFile.Read(path, data);
    }

    public static void Protect(EvaluationSet set, string? path, string? config, IReadOnlyList<NamedPath> outputs)
    {
        if (outputs.Count == 0) return;
        var read = ReplayPaths.Named(("the set", path), ("--config", config)).ToList();
        read.AddRange(set.Items.SelectMany(item => item.Labels.Select(label => label.Path).Append(item.Path).Append(item.Heart))
            .Where(file => file is not null && File.Exists(file)).Distinct().Select(file => new NamedPath("a file of the set", file!)));
        OutputGuard.Check(read, outputs);
        OutputGuard.Check(KeptFiles.Of(config), [.. outputs.Where(output => !Directory.Exists(output.Path))]);
    }

    public static OutputFile Create(NamedPath output)
    {
        try
        {
            return OutputFile.Create(output.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{output.Name} {output.Path} cannot be written: {e.Message.TrimEnd('.')}. Name another file.", e);
        }
    }
}
