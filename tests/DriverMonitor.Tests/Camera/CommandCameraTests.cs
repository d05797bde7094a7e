using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Camera;

public sealed class CommandCameraTests : IDisposable
{
    /// <summary>One grey picture whose pixels are all the letter.</summary>
    private const string Picture = "picture() { head -c 4096 /dev/zero | tr '\\0' \"$1\"; }\n";

    private readonly CommandScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    public static readonly TheoryData<string, string, string, string> Endings = new()
    {
        // name                               the command does                                          pictures  last words
        { "dies after three pictures",        "picture a; picture b; picture c; echo 'Sensor gone.' >&2; exit 3", "abc", "sh ended (exit code 3): Sensor gone." },
        { "writes half a picture",            "picture a; head -c 2000 /dev/zero",                          "a",      "sh ended (exit code 0) and said nothing." },
        { "never gives one",                  "echo 'No cameras available!' >&2; exit 255",                 "",       "sh ended (exit code 255): No cameras available!" },
        { "talks on and on before pictures",  "yes 'buffering, please wait' | head -c 300000 >&2; picture a; yes x | head -c 300000 >&2; picture b; printf bye >&2; exit 1", "ab", "sh ended (exit code 1): bye." },
        { "closes its output and lives on",   "picture a; exec 1>&-; exec sleep 60",                        "a",      "sh closed its output and said nothing." },
    };

    [Theory, MemberData(nameof(Endings))]
    public void A_command_gives_pictures_until_it_ends_and_its_last_words_are_told(
        string story, string body, string pictures, string words)
    {
        using var camera = _scripts.Camera(Picture + body);
        camera.Open();
        using var frame = camera.NewFrame();
        var seen = "";

        var error = Assert.Throws<CameraException>(() =>
        {
            while (camera.Read(frame, CancellationToken.None)) seen += Letter(frame);
        });

        Assert.True(pictures == seen, $"{story}: expected {pictures}, saw {seen}");
        Assert.Equal(words, error.Message);
    }

    [Fact]
    public void A_command_that_does_not_exist_is_told_in_one_line()
    {
        using var camera = new CommandCamera(
            new CameraSettings { Kind = CameraKind.Command, Command = "no-such-camera-program" }, TimeProvider.System);

        var error = Assert.Throws<CameraException>(camera.Open);

        Assert.Equal("The camera command no-such-camera-program cannot be started. Is it installed and on the PATH?", error.Message);
    }

    [Theory]
    [InlineData("exec sleep 60")]
    [InlineData("yes 'waiting for the sensor' >&2")]
    public void A_command_that_hangs_is_given_up(string body)
    {
        // A clock on which every look costs ten seconds: no test waits five real ones.
        using var camera = _scripts.Camera(
            Picture + "picture a; " + body,
            time: new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(10) });
        camera.Open();
        using var frame = camera.NewFrame();
        Assert.True(camera.Read(frame, CancellationToken.None));

        var error = Assert.Throws<CameraException>(() => camera.Read(frame, CancellationToken.None));

        Assert.Equal("sh runs but gives no pictures for 5 s.", error.Message);
    }

    [Fact]
    public void A_stop_is_heard_while_a_command_hangs()
    {
        using var camera = _scripts.Camera("exec sleep 60");
        camera.Open();
        using var frame = camera.NewFrame();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.ThrowsAny<OperationCanceledException>(() => camera.Read(frame, stop.Token));
    }

    [Fact]
    public async Task The_command_and_its_children_end_with_the_camera()
    {
        using var camera = _scripts.Camera(Picture + "sleep 60 & echo $! >child; echo $$ >self; picture a; wait");
        camera.Open();
        using var frame = camera.NewFrame();
        Assert.True(camera.Read(frame, CancellationToken.None));
        string[] processes =
        [
            File.ReadAllText(_scripts.PathOf("self")).Trim(),
            File.ReadAllText(_scripts.PathOf("child")).Trim(),
        ];
        Assert.All(processes, id => Assert.True(Runs(id)));

        camera.Dispose();

        await Eventually.Sees("both processes gone", () => !processes.Any(Runs));
    }

    [Fact]
    public void Raw_pictures_cost_no_managed_memory()
    {
        using var camera = _scripts.Camera("exec head -c 2500000 /dev/zero");
        camera.Open();
        using var frame = camera.NewFrame();
        for (var i = 0; i < 50; i++) Assert.True(camera.Read(frame, CancellationToken.None));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++) camera.Read(frame, CancellationToken.None);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(CommandFormat.I420, 65 * 49 + 2 * 33 * 25)]
    [InlineData(CommandFormat.I420Limited, 65 * 49 + 2 * 33 * 25)]
    [InlineData(CommandFormat.Gray8, 65 * 49)]
    [InlineData(CommandFormat.Bgr24, 65 * 49 * 3)]
    [InlineData(CommandFormat.Rgba32, 65 * 49 * 4)]
    internal void A_picture_is_as_long_as_its_format_says(CommandFormat format, int bytes)
    {
        var settings = new CameraSettings
        {
            Kind = CameraKind.Command,
            Command = "head",
            Arguments = ["-c", $"{bytes * 2}", "/dev/zero"],
            Format = format,
            Width = 65,
            Height = 49,
        };
        using var camera = new CommandCamera(settings, TimeProvider.System);
        camera.Open();
        using var frame = camera.NewFrame();

        Assert.True(camera.Read(frame, CancellationToken.None));
        Assert.True(camera.Read(frame, CancellationToken.None));
        Assert.Throws<CameraException>(() => camera.Read(frame, CancellationToken.None));
        Assert.Equal(format.ToString(), frame.Layout.ToString());
    }

    private static unsafe char Letter(Frame frame)
    {
        var pixels = new ReadOnlySpan<byte>((byte*)frame.Pixels, frame.Size);
        return pixels.ContainsAnyExcept(pixels[0]) ? '?' : (char)pixels[0];
    }

    /// <summary>A zombie has ended; only its parent has not asked yet.</summary>
    private static bool Runs(string id)
    {
        var status = $"/proc/{id}/stat";
        try
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // gone between the two questions
        }
    }
}
