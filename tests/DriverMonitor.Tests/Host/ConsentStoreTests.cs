using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Host;

public sealed class ConsentStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("consents").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_said_comes_back()
    {
        var book = ConsentBook.Empty.Grant(Modalities.Heart, Now).Withdraw(Modalities.Anger, Now);
        Store().Save(book);
        Assert.Equal(book.Words.OrderBy(word => word.Key), Store().Load().Words.OrderBy(word => word.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null and void")]
    [InlineData("{\"heart\":{\"state\":\"perhaps\"}}")]
    public void A_damaged_file_agrees_to_nothing_and_is_kept_aside(string content)
    {
        File.WriteAllText(Store().Place!, content);
        Assert.Empty(Store().Load().Words);
        Assert.True(File.Exists(Store().Place + ".damaged"));
    }

    [Fact]
    public void The_loop_hears_of_each_change_once()
    {
        var requests = new Requests();
        var watch = new ConsentWatch(Store(), new(), requests, () => Now, new FakeTimeProvider(), NullLogger.Instance);
        watch.Look();
        Assert.Equal("Camera", Asked(requests));
        watch.Look();
        Assert.Equal("", Asked(requests));
        Store().Save(ConsentBook.Empty.Grant(Modalities.Heart, Now).Grant(Modalities.Stress, Now));
        watch.Look();
        Assert.Equal("Camera, Heart, Stress", Asked(requests));
        Store().Save(Store().Load().Withdraw(Modalities.Heart, Now));
        watch.Look();
        Assert.Equal("Camera, Stress", Asked(requests));
    }

    [Theory]
    [InlineData("consent show", 0, "heart    unknown")]
    [InlineData("consent grant heart stress --yes", 0, "Kept in")]
    [InlineData("consent withdraw all", 0, "Kept in")]
    [InlineData("consent grant laughter", 64, "laughter")]
    [InlineData("consent grant", 64, "what")]
    [InlineData("consent show --driver No/Body", 78, "must be 1 to 32")]
    public async Task The_driver_may_say_it_on_the_command_line(string command, int exit, string says)
    {
        var settings = Path.Combine(_folder, "settings.json");
        File.WriteAllText(settings, $$"""{ "DriverMonitor": { "Profiles": { "Folder": "{{_folder}}" } } }""");
        var run = await TheProgram.RunAsync([.. command.Split(' '), "--config", settings]);
        Assert.Equal(exit, run.ExitCode);
        Assert.Contains(says, run.Output + run.Errors, StringComparison.Ordinal);
    }

    private ConsentStore Store() => new(new() { Folder = _folder }, NullLogger.Instance);

    private static string Asked(Requests requests) => requests.TryTake(out var asked) ? asked.Allow.ToString()! : "";
}
