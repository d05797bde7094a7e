using System.Text.Json.Nodes;
using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vision;

/// <summary>An operator's own network, named in the settings: it works without code, and a bad one costs one line.</summary>
public sealed class OwnModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("own").FullName;
    private readonly List<string> _said = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Red of the whole picture against a threshold of a half: 0.2 counts as 0.4 of 0.35, 0.8 as 0.35 and 0.6 of the rest.
    [Theory]
    [InlineData("NCHW", 51, 0.14)]
    [InlineData("NHWC", 51, 0.14)]
    [InlineData("NCHW", 204, 0.74)]
    [InlineData("NHWC", 204, 0.74)]
    public void Its_answer_is_read_in_both_orders_and_on_one_scale(string order, byte red, double confidence)
    {
        using var own = new OwnClassifier(TinyOnnx.Write(_folder, "mean", order), p => new(null, p), TimeProvider.System);
        using var frame = Plain(red);

        own.Prepare(frame, default, new(60, 60, 100, 0));

        Assert.Equal(confidence, own.Run().Phone!.Value, 0.01);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_named_in_the_settings_and_asked(bool isBelt)
    {
        var entry = TinyOnnx.Write(_folder, "mean");
        var settings = new VisionSettings
        {
            Hands = false, Phones = false, PhoneModel = isBelt ? null : entry, SeatBeltModel = isBelt ? entry : null,
        };

        var looks = Drive(settings, red: 204);

        Assert.Empty(_said);
        Assert.InRange(looks.Count(face => (isBelt ? face.BeltWorn : face.PhoneSeen) >= 0.7), 3, 6);
        Assert.True(TorsoProbe.Check(settings).Ok);
    }

    public static TheoryData<string, string> Bad => new()
    {
        { "no entry", "cannot be read" },
        { "no network", "cannot be read" },
        { "another network", "is not the one of its entry" },
        { "no JSON", "cannot be read" },
        { "a shape that it has not", "its entry says Single [1, 4]" },
        { "a name that it has not", "has no 'nothing'" },
        { "a row that there is not", "Output:Row lies outside" },
        { "an input of a million pixels", "Width and Height must be" },
        { "a path", "is a name, not a path" },
        { "no network at all", "does not run" },
        { "nan", "what is no number" },
        { "large", "outside 0 to 1" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_one_is_one_line_and_the_watch_goes_on(string what, string says)
    {
        var entry = Spoil(what);
        var settings = new VisionSettings { Phones = false, PhoneModel = entry };

        var looks = Drive(settings, red: 204);

        var line = Assert.Single(_said);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.EndsWith("phones by Vision:PhoneModel are not looked for; everything else goes on.", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.InRange(line.Length, 1, 1000);
        Assert.DoesNotContain(looks, face => face.PhoneSeen is not null);
        Assert.Contains(looks, face => face.Hands is not null);
        Assert.False(TorsoProbe.Check(settings).Ok);
    }

    [Fact]
    public void One_that_takes_too_long_is_switched_off_after_three_looks()
    {
        var time = new FakeTimeProvider();
        using var own = new Slow(
            new OwnClassifier(TinyOnnx.Write(_folder, "mean"), p => new(null, p), TimeProvider.System),
            () => time.Advance(TimeSpan.FromSeconds(1.5)));
        using var look = new TorsoLook("phones are", () => own, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5), time, _said.Add);
        using var frame = Plain(red: 204);

        look.Expect(default);
        var runs = 0;
        for (; !look.IsOff && runs < 10; runs++)
        {
            look.Prepare(frame, default, new(60, 60, 100, 0));
            look.Run();
        }

        Assert.Equal(4, runs); // loading, and three looks
        Assert.Contains("takes 1.5 s a picture", Assert.Single(_said), StringComparison.Ordinal);
    }

    private string Spoil(string what)
    {
        var path = TinyOnnx.Write(_folder, what is "nan" or "large" ? what : "mean", "NCHW", Change(what));
        switch (what)
        {
            case "no entry":
                File.Delete(path);
                break;
            case "no network":
                File.Delete(Path.Combine(_folder, "tiny.onnx"));
                break;
            case "no JSON":
                File.WriteAllText(path, "\u001b[31m{");
                break;
            case "no network at all":
                File.WriteAllText(Path.Combine(_folder, "tiny.onnx"), "hello");
                break;
        }

        return path;
    }

    private static Action<JsonNode>? Change(string what) => what switch
    {
        "another network" => entry => entry["sha256"] = new string('0', 64),
        "a shape that it has not" => entry => entry["output"]!["shape"] = new JsonArray(1, 4),
        "a name that it has not" => entry => entry["output"]!["name"] = "nothing",
        "a row that there is not" => entry => entry["output"]!["row"] = 3,
        "an input of a million pixels" => entry => entry["input"]!["width"] = 1_000_000,
        "a path" => entry => entry["file"] = "../tiny.onnx",
        "no network at all" => entry => (entry["bytes"], entry["sha256"]) = (
            5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
        _ => null,
    };

    /// <summary>Five seconds of a face in a picture of one colour.</summary>
    private List<FaceReading> Drive(VisionSettings settings, byte red)
    {
        using var torso = new TorsoWatch(settings, default, TimeProvider.System, ownThread: false, _said.Add);
        using var frame = Plain(red);
        using var portrait = Pictures.Load(Pictures.Golden("astronaut_eileen_collins_nasa.png"));
        using var reader = new FaceReader(new VisionSettings { ExpressionEvery = 0 }, default, TimeProvider.System);
        var face = reader.Read(portrait);
        var read = new List<FaceReading>();
        for (var i = 0; i < 75; i++)
        {
            frame.At += TimeSpan.FromSeconds(1 / 15.0);
            read.Add(torso.Add(frame, face, reader.Mesh.Landmarks));
        }

        return read;
    }

    private static unsafe Frame Plain(byte red)
    {
        var frame = new Frame(512, 512, PixelLayout.Rgba32);
        for (var i = 0; i < 512 * 512; i++) ((uint*)frame.Pixels)[i] = 0xFF000000u | red;
        return frame;
    }

    private sealed class Slow(ITorsoModel inner, Action pass) : ITorsoModel
    {
        public OnnxModel Model => inner.Model;

        public void Prepare(Frame frame, PictureOrientation orientation, in FaceFrame face) =>
            inner.Prepare(frame, orientation, face);

        public TorsoReading Run()
        {
            pass();
            return inner.Run();
        }

        public void Dispose() => inner.Dispose();
    }
}
