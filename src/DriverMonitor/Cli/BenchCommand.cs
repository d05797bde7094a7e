using System.CommandLine;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Vision;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>bench INPUT</c>: what a picture costs, by stage; ratios are what counts, milliseconds differ from machine to machine.
/// </summary>
internal static class BenchCommand
{
    public static Command Make()
    {
        var input = new Argument<string>("INPUT") { Description = "A video, a folder of pictures, or one picture." };
        var passes = new Option<int>("--passes")
        {
            Description = "How often the input is judged after one pass to warm up.",
            DefaultValueFactory = _ => 3,
        };
        var reactions = new Option<int>("--reactions")
        {
            Description = "How often the demo's driver falls asleep to measure how soon it is heard; 6.5 s and two alerts each.",
            DefaultValueFactory = _ => 10,
        };
        var json = new Option<string?>("--json") { Description = "Write every pass to this file, to compare with later." };
        var compare = new Option<string?>("--compare")
        {
            Description = "What an earlier bench wrote: says what became slower beyond noise (exit code 1).",
        };
        var original = new Option<string?>("--original")
        {
            Description = "Folder with the networks as they were before they were rewritten, to be measured beside ours.",
        };
        var share = new Option<bool>("--share") { Description = "End with a line for docs/boards.md that names nobody." };
        var config = new Option<string?>("--config") { Description = "Settings file; the defaults without it." };
        var command = new Command("bench", "Measure what a picture costs, by stage, and how soon an alert is heard.")
        {
            input, passes, reactions, json, compare, original, share, config,
        };
        NumberOption.Limit(passes, 1, 1000);
        NumberOption.Limit(reactions, 0, 1000);
        command.SetAction((line, stop) => Task.FromResult(
            Run(
                new(
                    line.GetValue(input)!, line.GetValue(passes), line.GetValue(reactions), line.GetValue(json),
                    line.GetValue(compare), line.GetValue(original), line.GetValue(share), line.GetValue(config)),
                stop)));
        return command;
    }

    private static int Run(BenchOrder order, CancellationToken stop)
    {
        InputFile.Require("Input", order.Input, mayBeFolder: true);
        var settings = MonitorOptions.Load(order.Config);
        var older = order.Compare is null ? null : BenchFigures.Read(order.Compare);
        IReadOnlyList<NamedPath> outputs = [.. ReplayPaths.Named(("--json", order.Json))];
        if (order.Compare is not null) OutputGuard.Check([new("--compare", order.Compare)], outputs);
        ReplayInputs.Protect(order.Input, heart: null, speed: null, order.Config, outputs);
        using var file = order.Json is null ? null : EvaluateCommand.Create(outputs[0]);
        var time = TimeProvider.System;
        using var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, time);
        using var torso = new TorsoWatch(
            settings.Vision, settings.Camera.Orientation, time, ownThread: false,
            line => Console.Error.WriteLine($"drivermonitor: {line}"));
        using var original = order.Original is null
            ? null
            : new OriginalGraphs(order.Original, reader.Blendshapes is not null, reader.Expression is not null);
        var run = new BenchRun(order.Input, settings, time, stop);
        var passes = run.Measure((reader, torso), order.Passes, original);
        var figures = Figures(order, run, passes);
        Console.Write(BenchOutput.Text(figures));
        Line("judging", $"{figures.StepMicroseconds:F1} us a step, heart and all scores included");
        Line("recording", RecorderBench.Measure(run.Seen, settings, time));
        if (order.Reactions > 0) Line("reaction", ReactionBench.Measure(settings, order.Reactions, time, stop));
        stop.ThrowIfCancellationRequested();
        if (file is not null)
        {
            figures.Write(file.Content);
            file.Commit();
        }

        if (older is not null) Console.Write(BenchOutput.Compare(older, figures));
        if (order.Share) Console.WriteLine(BenchOutput.Share(figures));
        return older is not null && BenchOutput.IsSlower(older, figures) ? ExitCode.Failed : ExitCode.Fine;
    }

    private static BenchFigures Figures(BenchOrder order, BenchRun run, IReadOnlyList<BenchPass> passes)
    {
        var memory = File.ReadAllLines("/proc/self/status");
        return new()
        {
            Program = RecordingHeader.ThisProgram,
            Board = Board(),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Cores = Environment.ProcessorCount,
            Input = Path.GetFileName(Path.TrimEndingDirectorySeparator(order.Input)),
            Pictures = run.Pictures,
            Passes = passes,
            WallP50 = run.WallAt(0.5),
            WallP99 = run.WallAt(0.99),
            StepMicroseconds = run.StepCost().TotalMicroseconds,
            FirstPictureSeconds = run.FirstPicture.TotalSeconds,
            ResidentMiB = MiB(memory, "VmRSS:"),
            HighestMiB = MiB(memory, "VmHWM:"),
            Compiled = JitInfo.GetCompiledMethodCount(),
        };
    }

    private static double MiB(string[] status, string name) =>
        status.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        && double.TryParse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var kib)
            ? kib / 1024
            : 0;

    /// <summary>What the device tree or the processor calls itself.</summary>
    private static string Board()
    {
        const string Tree = "/proc/device-tree/model";
        var name = File.Exists(Tree)
            ? File.ReadAllText(Tree).TrimEnd('\0')
            : File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1];
        return ShownText.Excerpt((name ?? "unknown").Trim());
    }

    private static void Line(string name, FormattableString value) =>
        Console.WriteLine($"{name,-18} {value.ToString(CultureInfo.InvariantCulture)}");

    private sealed record BenchOrder(
        string Input, int Passes, int Reactions, string? Json, string? Compare, string? Original, bool Share, string? Config);
}
