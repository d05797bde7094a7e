using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Core.Events;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>demo</c>: a scripted drive through everything that is real (networks, judgement, buzzer, outbox, broker), with nothing
/// plugged in. Fails if a scripted event was missed or a false alert rose.
/// </summary>
internal static class DemoCommand
{
    public static Command Make()
    {
        var fast = new Option<bool>("--fast") { Description = "Do not wait for the clock: as fast as the machine can." };
        var stay = new Option<bool>("--stay") { Description = "Keep the page after the drive until a key is pressed." };
        var command = new Command("demo", "A scripted drive of a minute and a longer one in a moment, nothing plugged in.") { fast, stay };
        command.SetAction((line, stop) => RunAsync(line.GetValue(fast), line.GetValue(stay), stop));
        return command;
    }

    private static async Task<int> RunAsync(bool fast, bool stay, CancellationToken stop)
    {
        DemoScreen.ShowHeader();
        var time = TimeProvider.System;
        var settings = new MonitorOptions { Gpio = new() { Board = BoardKind.Virtual } };
        var script = PortraitScript.Demo;
        var (screen, longer) = (new DemoScreen(script), new FastDriveScreen(script.Length));

        await using var broker = await EmbeddedBroker.StartAsync();
        await using var fleet = await Subscriber.StartAsync(new MqttSettings(), broker.Address, time, stop);
        using var drive = new DemoDrive(settings, broker.Address.ToString(), time);
        var requests = new Requests();
        using var page = new WebOutputs(settings, time);
        await using var server = await new PageServer(
            settings.Web, PageSecurity.Open(settings.Web), time, NullLoggerFactory.Instance
        ).StartSomewhereAsync(page.Sink, page.ActionsOfDemo(requests, drive.Buzzer), settings.Judgement.Picture, stop);
        AnsiConsole.MarkupLine($"The page: [bold]{server.Urls.First()}[/] while the drive lasts.");

        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var link = drive.RunLinkAsync(leave.Token);
        drive.Watch(script, fast, screen, page, requests, stop);
        drive.Judge(longer, page, script.Length, stop);
        if (stop.IsCancellationRequested)
        {
            await link;
            throw new OperationCanceledException(stop);
        }

        await drive.DeliveredAsync(stop);
        await leave.CancelAsync();
        await link;
        if (!fast) DemoScreen.ShowBuzzer(drive.Board.Recording!, settings.Gpio.BuzzerLineUsed, drive.Clock);
        var code = Conclude(script, screen, longer, fleet.Messages, drive.Board);
        if (stay) await StayAsync(server.Urls.First(), time, stop);
        return code;
    }

    /// <summary>Until a key is pressed, a line comes, or the input is closed.</summary>
    private static async Task StayAsync(string address, TimeProvider time, CancellationToken stop)
    {
        AnsiConsole.MarkupLine($"The page stays at [bold]{address}[/]. Press a key to end it.");
        if (Console.IsInputRedirected)
        {
            await Console.In.ReadLineAsync(stop);
            return;
        }

        while (!Console.KeyAvailable) await Task.Delay(TimeSpan.FromMilliseconds(100), time, stop);
        Console.ReadKey(intercept: true);
    }

    private static int Conclude(
        PortraitScript script, DemoScreen screen, FastDriveScreen longer, IReadOnlyList<Received> messages, Board board)
    {
        longer.Show();
        DemoScreen.ShowFleet(messages);

        var (rows, states) = (DemoVerdict.Compare(script, screen.Happened), longer.Verdict());
        DemoScreen.ShowVerdict(rows, states);

        var alerts = screen.Happened.Count(e => e is MonitorEvent.Alert) + longer.Alerts;
        var received = messages.Count(m => m.Topic.Contains("/alert/", StringComparison.Ordinal));
        var bad = rows.Count(row => !row.Ok) + states.Count(state => !state.Ok);
        AnsiConsole.WriteLine(
            $"{rows.Count(row => row.Scripted is not null) + states.Count} scripted, {bad} missed or false; "
            + $"{alerts} alert events, {received} received by the fleet; the buzzer line changed {board.Recording!.Edges.Count} times.");
        return bad == 0 && received >= alerts ? ExitCode.Fine : ExitCode.Failed;
    }
}
