using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Hosting;

public sealed class ConsentStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("consents").FullName;
    private readonly ListLogger<ConsentStore> _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_said_comes_back()
    {
        var book = ConsentRecord.Empty.Grant(Modalities.Heart, Now).Withdraw(Modalities.Anger, Now);
        Store().Save(book);
        Assert.Equal(book.Words.OrderBy(word => word.Key), Store().Load().Words.OrderBy(word => word.Key));
    }

    //   what is wrong with it              the file
    public static TheoryData<string, string> Damaged =>
        new()
        {
            { "nothing in it", "" },
            { "zeros after a power cut", "\0\0\0\0" },
            { "cut off", "{" },
            { "cut off later", """{"camera":{"state":"withdrawn","text":"0123abcd","at":"2026-11-22T08:00:00+00:00"}""" },
            { "no object", "null" },
            { "a list", "[]" },
            { "prose", "null and void" },
            { "an answer that does not exist", """{"heart":{"state":"perhaps"}}""" },
            { "an answer by its number", """{"heart":{"state":2,"text":"0123abcd","at":"2026-11-22T08:00:00+00:00"}}""" },
            {
                "an answer that is derived",
                """{"heart":{"state":"expired","text":"0123abcd","at":"2026-11-22T08:00:00+00:00"}}"""
            },
            { "no answer", """{"heart":null}""" },
            { "two answers", """{"camera":{"state":"withdrawn"},"camera":{"state":"asked"}}""" },
            { "two states", """{"camera":{"state":"withdrawn","state":"asked"}}""" },
            { "a sense by its number", """{"1":{"state":"asked"}}""" },
            { "two senses at once", """{"camera, heart":{"state":"asked"}}""" },
            { "all senses at once", """{"all":{"state":"asked"}}""" },
            { "a sense of which nobody asks", """{"smell":{"state":"asked"}}""" },
            { "a consent for ever", """{"heart":{"state":"granted","text":"0123abcd"}}""" },
            { "a consent to no text", """{"heart":{"state":"granted","at":"2026-11-22T08:00:00+00:00"}}""" },
            { "a text that cannot be", """{"heart":{"state":"asked","text":"\u001b[2J"}}""" },
            { "a date that cannot be", """{"heart":{"state":"asked","at":"2026-13-45T99:00:00"}}""" },
            { "something more", """{"heart":{"state":"asked","by":"somebody"}}""" },
            { "another file's length", new string(' ', 20_000) + "{}" },
        };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_file_means_withdrawn_and_stays_where_it_is(string what, string content)
    {
        File.WriteAllText(Place, content);
        var reading = Store().Read();
        Assert.Equal(
            (what, Modalities.None, true),
            (what, reading.Book.Allowed(new() { OnPaper = Modalities.All }, Now), reading.Damage is { Length: < 200 }));
        Assert.Equal(content, File.ReadAllText(Place));
        Assert.Equal([Place], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_damaged_file_is_said_once_in_the_log_and_counts_until_somebody_decides()
    {
        File.WriteAllText(Place, "{");
        var store = Store();
        for (var i = 0; i < 3; i++) store.Load();
        store.Change(book => book.WithQuestion(Modalities.Camera, Now));
        Assert.StartsWith("Warning: Consents", Assert.Single(_log.Lines), StringComparison.Ordinal);

        store.Change(book => book.Grant(Modalities.Heart, Now));
        Assert.Equal(Modalities.Heart, Store().Load().Allowed(new(), Now));
    }

    [Fact]
    public void What_an_earlier_version_set_aside_may_have_been_a_withdrawal()
    {
        File.WriteAllText(Place + ".damaged", "{}");
        Assert.Equal(Modalities.None, Store().Load().Allowed(new(), Now));

        Store().Change(book => book.Grant(Modalities.Camera, Now));
        Assert.Equal(Modalities.Camera, Store().Load().Allowed(new(), Now));
        Assert.False(File.Exists(Place + ".damaged"));
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_and_no_answer()
    {
        Directory.CreateDirectory(Place);
        Assert.ThrowsAny<UnauthorizedAccessException>(() => Store().Load());
        Assert.ThrowsAny<UnauthorizedAccessException>(() => Store().Change(book => book));
        Assert.True(Directory.Exists(Place));
    }

    [Fact]
    public async Task Two_who_answer_at_once_lose_nothing()
    {
        var days = Enumerable.Range(0, 50).ToList();
        await Task.WhenAll(
            Task.Run(() => days.ForEach(day => Store().Change(book => book.Withdraw(Modalities.Camera, Now.AddDays(day))))),
            Task.Run(() => days.ForEach(day => Store().Change(book => book.WithQuestion(Modalities.Heart, Now.AddDays(day))))),
            Task.Run(() => days.ForEach(day => Store().Change(book => book.Grant(Modalities.Anger, Now.AddDays(day))))));
        var words = Store().Load().Words;
        Assert.Equal(
            [Now.AddDays(49), Now.AddDays(49), Now.AddDays(49)],
            [words[Modalities.Camera].At, words[Modalities.Heart].At, words[Modalities.Anger].At]);
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

    private string Place => Store().Place!;

    private ConsentStore Store() => new(new() { Folder = _folder }, _log);
}
