using System.Runtime.Versioning;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class ConsentMonitorTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("consents").FullName;
    private readonly Requests _requests = new();
    private readonly ListLogger<ConsentMonitor> _log = new();
    private readonly ConsentStore _store;
    private readonly ConsentMonitor _watch;

    public ConsentMonitorTests()
    {
        _store = new(new() { Folder = _folder }, NullLogger.Instance);
        _watch = new(_store, new(), _requests, () => Now, _log);
    }

    public void Dispose()
    {
        _watch.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_loop_hears_of_each_change_once()
    {
        _watch.Refresh();
        Assert.Equal("Camera", Asked());
        _watch.Refresh();
        Assert.Equal("", Asked());
        _store.Save(ConsentRecord.Empty.Grant(Modalities.Heart, Now).Grant(Modalities.Stress, Now));
        _watch.Refresh();
        Assert.Equal("Camera, Heart, Stress", Asked());
        _store.Change(book => book.Withdraw(Modalities.Heart, Now));
        _watch.Refresh();
        Assert.Equal("Camera, Stress", Asked());
    }

    //   what happens to the file           before it              what may be judged with it
    public static TheoryData<string, string, Modalities> Mishaps => new()
    {
        { "unreadable",                     "Withdraw Camera",     Modalities.None },
        { "unreadable",                     "Grant Heart",         Modalities.Camera | Modalities.Heart },
        { "damaged",                        "Grant Heart",         Modalities.None },
        { "damaged",                        "",                    Modalities.None },
        { "gone",                           "Withdraw Camera",     Modalities.None },
        { "gone",                           "Grant Heart",         Modalities.Camera },
        { "folder gone",                    "Withdraw Camera",     Modalities.None },
    };

    [Theory]
    [MemberData(nameof(Mishaps))]
    public void Whatever_happens_to_the_file_a_withdrawal_holds(string mishap, string before, Modalities allowed)
    {
        _store.Change(book => Publish(book, before));
        _watch.Refresh();
        Befall(mishap);
        for (var i = 0; i < 3; i++) _watch.Refresh();
        Assert.Equal(allowed, _watch.Allowed);
        Assert.DoesNotContain(
            Directory.GetFiles(Path.GetDirectoryName(_folder)!), file => file.EndsWith(".damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_that_starts_with_what_it_cannot_read_judges_nothing_until_it_can()
    {
        Befall("unreadable");
        for (var i = 0; i < 3; i++) _watch.Refresh(always: false);
        Assert.Equal((Modalities.None, true), (_watch.Allowed, _watch.Status.IsUnreadable));
        Assert.Single(_log.Lines, line => line.Contains("cannot be read", StringComparison.Ordinal));

        Directory.Delete(_store.Place!);
        _watch.Refresh(always: false);
        Assert.Equal((Modalities.Camera, false), (_watch.Allowed, _watch.Status.IsUnreadable));
    }

    [Fact]
    public void A_withdrawal_that_cannot_be_written_down_holds_until_somebody_answers_again()
    {
        _watch.Refresh();
        _watch.Withhold(Modalities.Camera);
        for (var i = 0; i < 3; i++) _watch.Refresh();
        Assert.Equal(Modalities.None, _watch.Allowed);

        _store.Change(book => book.Grant(Modalities.Camera, Now));
        _watch.Refresh();
        Assert.Equal(Modalities.Camera, _watch.Allowed);
    }

    [Fact]
    public void No_number_of_presses_pushes_a_withdrawal_out()
    {
        _watch.Refresh();
        _watch.Withhold(Modalities.Camera);
        for (var i = 0; i < 100; i++) _requests.Ask(new(Acknowledge: true));
        Assert.Equal("None", Asked());
    }

    [Fact]
    public async Task A_change_by_another_process_is_obeyed_without_a_look_of_its_own()
    {
        using var stop = new CancellationTokenSource();
        var said = new List<Modalities>();
        _watch.Subscribe(allowed =>
        {
            lock (said) said.Add(allowed);
        });
        var running = Task.Factory.StartNew(
            () => _watch.Run(stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Eventually.Sees("the first answer", () => _watch.Allowed == Modalities.Camera, withinSeconds: 60);
        _store.Change(book => book.Withdraw(Modalities.Camera, Now));
        await Eventually.Sees("the withdrawal", () => _watch.Allowed == Modalities.None, withinSeconds: 60);
        await stop.CancelAsync();
        await running;
        lock (said) Assert.Equal([Modalities.None, Modalities.Camera, Modalities.None], said);
    }

    private void Befall(string mishap)
    {
        var path = _store.Place!;
        switch (mishap)
        {
            // Root may read everything; nobody can read a folder as a file.
            case "unreadable":
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            case "damaged":
                File.WriteAllText(path, "{");
                break;
            case "gone":
                File.Delete(path);
                break;
            case "folder gone":
                Directory.Move(_folder, _folder + ".elsewhere");
                Directory.CreateDirectory(_folder);
                Directory.Delete(_folder + ".elsewhere", recursive: true);
                break;
        }
    }

    private static ConsentRecord Publish(ConsentRecord book, string said) => said.Split(' ') switch
    {
        ["Grant", var one] => book.Grant(Enum.Parse<Modalities>(one), Now),
        ["Withdraw", var one] => book.Withdraw(Enum.Parse<Modalities>(one), Now),
        _ => book,
    };

    private string Asked() => _requests.TryTake(out var asked) ? asked.Allow.ToString()! : "";
}
