using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Time;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Make()
    {
        var fast = new Option<bool>("--fast") { Description = "Do not wait for the clock: as fast as the machine can." };
        var stay = new Option<bool>("--stay") { Description = "Keep the page after the drive until a key is pressed." };
        var command = new Command("demo", "A scripted drive of a minute, nothing plugged in.") { fast, stay };
        command.SetAction((line, stop) => RunAsync(line.GetValue(fast), line.GetValue(stay), stop));
        return command;
    }

    private static async Task<int> RunAsync(bool fast, bool stay, CancellationToken stop)
    {
        DemoScreen.ShowHeader();
        var time = TimeProvider.System;
        var settings = new MonitorOptions { Gpio = new() { Board = BoardKind.Virtual } };
        var script = PortraitScript.Demo;
        var screen = new DemoScreen(script);
        var models = settings.Vision.ModelFolder ?? ModelStore.DefaultFolder();

        await using var broker = await EmbeddedBroker.StartAsync();
        await using var fleet = await Subscriber.StartAsync(new MqttSettings(), broker.Address, time, stop);
        using var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, time);
        using var board = Board.Open(settings.Gpio, time);
        var boardSince = time.GetTimestamp();
        var clock = new DemoClock(() => time.GetElapsedTime(boardSince));
        using var buzzer = new Buzzer(
            board, settings.Gpio, alert => alert.Sound, new DedicatedThreadTimeProvider(), NullLogger<Buzzer>.Instance);
        using var uplink = new Uplink(
            settings.Mqtt with
            {
                Brokers = [broker.Address.ToString()],
                Vehicle = "demo",
                FirstConnectSpread = TimeSpan.Zero,
            },
            new WireOrigin(reader.Mesh.Model.Entry.Label, settings.JudgementHash()),
            time,
            Random.Shared.NextDouble,
            NullLogger<MqttLink>.Instance);

        var requests = new Requests();
        using var page = new WebOutputs(settings, time);
        await using var server = await new PageServer(
            settings.Web,
            PageSecurity.Open(settings.Web),
            time,
            NullLoggerFactory.Instance
        ).StartSomewhereAsync(page.Sink, page.ActionsOfDemo(requests, buzzer), settings.Judgement.Picture, stop);
        AnsiConsole.MarkupLine($"The page: [bold]{server.Urls.First()}[/] while the drive lasts.");

        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var link = uplink.Link.RunAsync(leave.Token);
        using (var feed = CameraFeed.Open(new PortraitCamera(Path.Combine(models, "portrait"), script, fast ? null : time), time))
        {
            page.Instruments.Follow(feed, reader);
            buzzer.Sounded += page.Instruments.Stages.Sound;
            new MonitorLoop(
                feed,
                reader,
                new ScriptedHeart(),
                new FixedSpeed(80),
                new MonitorPipeline(settings.Judgement),
                new FanOut([clock, buzzer, uplink.Sink, screen, .. page.Sinks], NullLogger.Instance),
                requests: requests,
                aim: page.Aim,
                times: page.Instruments.Stages
            ).Run(stop);
        }

        if (stop.IsCancellationRequested)
        {
            await link;
            throw new OperationCanceledException(stop);
        }

        await Delivered(uplink, time, stop);
        await leave.CancelAsync();
        await link;
        if (!fast) DemoScreen.ShowBuzzer(board.Recording!, settings.Gpio.BuzzerLineUsed, clock);
        var code = Conclude(script, screen, fleet.Messages, board);
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

    /// <summary>Waits until the broker has taken every event, but not for ever.</summary>
    private static async Task Delivered(Uplink uplink, TimeProvider time, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        while (uplink.Outbox.Count.Waiting > 0 && time.GetElapsedTime(started) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, stop);
    }

    private static int Conclude(PortraitScript script, DemoScreen screen, IReadOnlyList<Received> messages, Board board)
    {
        DemoScreen.ShowFleet(messages);

        var rows = DemoVerdict.Compare(script, screen.Happened);
        DemoScreen.ShowVerdict(rows);

        var alerts = screen.Happened.Count(e => e is MonitorEvent.Alert);
        var received = messages.Count(m => m.Topic.Contains("/alert/", StringComparison.Ordinal));
        var bad = rows.Count(row => !row.Ok);
        AnsiConsole.WriteLine(
            $"{rows.Count(row => row.Scripted is not null)} scripted, {bad} missed or false; "
            + $"{alerts} alert events, {received} received by the fleet; the buzzer line changed {board.Recording!.Edges.Count} times.");
        return bad == 0 && received >= alerts ? ExitCode.Fine : ExitCode.Failed;
    }
}
