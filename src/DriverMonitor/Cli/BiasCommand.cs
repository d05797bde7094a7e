using System.CommandLine;
using DriverMonitor.Evaluation;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>audit bias [SET]</c>: whether declared groups are served alike; without data, drawn drivers who differ in one thing each.
/// </summary>
internal static class BiasCommand
{
    public static Command Make()
    {
        var set = new Argument<string?>("SET")
        {
            Description = "Labelled data whose items declare groups; drawn drivers without it. See docs/evaluation.md.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = new Option<string?>("--data") { Description = "Folder that the description's paths are in, if not its own." };
        var json = new Option<string?>("--json")
        {
            Description = "Write the audit to this file; as bias-audit.json beside the models it keeps anger off where it must be.",
        };
        var config = new Option<string?>("--config") { Description = "Settings file; the defaults without it." };
        var command = new Command("bias", "Compare declared groups, by a stated rule.") { set, data, json, config };
        command.SetAction((line, stop) => Task.FromResult(
            Run(line.GetValue(set), line.GetValue(data), line.GetValue(json), line.GetValue(config), stop)));
        return command;
    }

    private static int Run(string? path, string? data, string? json, string? config, CancellationToken stop)
    {
        var settings = MonitorOptions.Load(config);
        var set = path is null ? SyntheticProbes.Make() : EvaluateCommand.Read(path, data);
        IReadOnlyList<NamedPath> outputs = [.. ReplayPaths.Named(("--json", json))];
        EvaluateCommand.Protect(set, path, config, outputs);
        using var file = json is null ? null : EvaluateCommand.Create(outputs[0]);
        var figures = EvaluateCommand.Judge(set, settings, stop);
        var audit = BiasAudit.Of(figures);
        Console.Write(BiasOutput.Text(audit));
        foreach (var failure in figures.Failed) Console.WriteLine($"not judged: {ShownText.Line(failure)}");
        if (file is not null)
        {
            BiasOutput.Json(file.Content, audit);
            file.Commit();
        }

        return audit.HasFailed || figures.Failed.Count > 0 ? ExitCode.Failed : ExitCode.Fine;
    }
}
