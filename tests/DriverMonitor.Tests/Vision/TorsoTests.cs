using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>The networks that look for hands and phones, beside the pictures.</summary>
public sealed class TorsoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torso").FullName;
    private readonly List<string> _said = [];

    private FaceReader? _reader;

    public void Dispose()
    {
        _reader?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Against another runtime on the whole picture: no phone and no palm in either, 0.28 and 0.04 at most.</summary>
    [PhoneModelTheory]
    [InlineData("astronaut_eileen_collins_nasa.png", 0.275)]
    [InlineData("grace_hopper_usnavy.jpg", 0.044)]
    public void A_portrait_holds_no_phone(string picture, double reference)
    {
        using var frame = Pictures.Load(Pictures.Golden(picture));
        using var detector = new PhoneDetector(new(ModelStore.DefaultFolder()), TimeProvider.System);

        detector.Prepare(frame, default, Whole(frame));

        Assert.Equal(reference, detector.Run().Phone!.Value, 0.05);
    }

    /// <summary>Against another runtime: how sure it was of its likeliest palm in the whole picture.</summary>
    [Theory]
    [InlineData("astronaut_eileen_collins_nasa.png", 0.088)]
    [InlineData("grace_hopper_usnavy.jpg", 0.278)]
    public void A_portrait_shows_no_hand(string picture, double reference)
    {
        using var frame = Pictures.Load(Pictures.Golden(picture));
        using var detector = new PalmDetector(new(ModelStore.DefaultFolder()), TimeProvider.System);

        detector.Prepare(frame, default, Whole(frame));

        Assert.Equal(new HandsReading(null, null), detector.Run().Hands);
        var logits = detector.Model.Output(1).ToArray();
        Assert.Equal(reference, 1 / (1 + Math.Exp(-logits.Max())), 0.06);
    }

    /// <summary>A phone drawn over the uniform: no photograph of one is ours to ship.</summary>
    [PhoneModelTheory]
    [InlineData("Rgba32")]
    [InlineData("Bgr24")]
    [InlineData("I420")]
    [InlineData("I420Limited")]
    public void A_drawn_phone_is_one(string layout)
    {
        using var frame = Pictures.Load(DrawnPhone.On("grace_hopper_usnavy.jpg", _folder), Enum.Parse<PixelLayout>(layout));
        using var detector = new PhoneDetector(new(ModelStore.DefaultFolder()), TimeProvider.System);

        detector.Prepare(frame, default, Whole(frame));

        Assert.InRange(detector.Run().Phone!.Value, 0.45, 1);
    }

    [Theory]
    [InlineData(0, 0, 100, 200, 0.5, 1.0)]
    [InlineData(90, 0, 100, 200, 1.0, -0.5)]
    [InlineData(180, 0, 100, 200, -0.5, -1.0)]
    public void A_palm_is_measured_from_the_eyes_and_turned_with_the_head(
        double degrees, double eyes, double x, double y, double aside, double below)
    {
        var hand = new FaceFrame(eyes, eyes, 200, degrees * Math.PI / 180).Measure(0.9, x, y, 120);

        Assert.Equal((aside, below, 0.6), (Math.Round(hand.Aside, 6), Math.Round(hand.Below, 6), Math.Round(hand.Size, 6)));
    }

    [Theory]
    [InlineData(320, 150, 100, 500, 320, 330)] // room below: 1.8 faces under the eyes, in a picture of 640 x 1000
    [InlineData(20, 150, 100, 500, 250, 330)] // moved in from the left
    [InlineData(320, 900, 100, 500, 320, 750)] // and from below
    [InlineData(320, 150, 300, 1000, 320, 500)] // larger than the picture is wide: all of it
    public void The_torso_is_looked_at_where_it_is(double x, double y, double face, double side, double centreX, double centreY)
    {
        var area = new FaceFrame(x, y, face, 0).Torso(640, 1000);

        Assert.Equal((side, centreX, centreY), (area.Side, area.CentreX, Math.Round(area.CentreY, 6)));
    }

    [PhoneModelTheory]
    [InlineData("as always", 3, 4)]
    [InlineData("eyes shut", 6, 8)]
    [InlineData("head turned", 6, 8)]
    public void Hands_and_phones_are_looked_for_in_turns_and_more_often_with_a_reason(string drive, int least, int most)
    {
        using var torso = Watch(new(), ownThread: false);
        var sat = Drive(torso, seconds: 1);

        var looks = Drive(torso, seconds: 5, face => drive switch
        {
            "eyes shut" => face with { LeftEye = new(0.05, 1), RightEye = new(0.05, 1) },
            "head turned" => face with { Head = face.Head!.Value with { YawDegrees = face.Head.Value.YawDegrees + 30 } },
            _ => face,
        });

        // From two seconds on, loading included.
        Assert.DoesNotContain(sat, face => face.Hands is not null || face.PhoneSeen is not null);
        Assert.InRange(looks.Count(face => face.PhoneSeen is not null), least, most);
        Assert.InRange(looks.Count(face => face.Hands is not null), least, most);
        Assert.DoesNotContain(looks, face => face.Hands is not null && face.PhoneSeen is not null);
        Assert.Empty(_said);
    }

    [PhoneModelFact]
    public async Task On_a_thread_of_its_own_they_answer_as_well()
    {
        using var torso = Watch(new(), ownThread: true);
        var (hands, phones) = (0, 0);

        await Eventually.Sees("both", () =>
        {
            foreach (var face in Drive(torso, seconds: 4))
                (hands, phones) = (hands + (face.Hands is null ? 0 : 1), phones + (face.PhoneSeen is null ? 0 : 1));
            return hands > 1 && phones > 1;
        });

        Assert.Empty(_said);
    }

    [PhoneModelTheory]
    [InlineData("palm_detection_lite", "hands are not looked for")]
    [InlineData("nanodet_plus_m_320", "phones are not looked for")]
    public void What_is_missing_is_said_once_and_the_rest_goes_on(string file, string says)
    {
        CopyModelsBut(file);
        using var torso = Watch(new() { ModelFolder = _folder }, ownThread: false);

        var looks = Drive(torso, seconds: 6);

        var line = Assert.Single(_said);
        Assert.Contains(file, line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.Contains(looks, face => file[0] == 'n' ? face.Hands is not null : face.PhoneSeen is not null);
    }

    [Fact]
    public void What_is_switched_off_is_not_looked_for()
    {
        using var torso = Watch(new() { Hands = false, Phones = false, ModelFolder = "/nowhere" }, ownThread: true);

        Assert.All(Drive(torso, seconds: 4), face => Assert.True(face is { Hands: null, PhoneSeen: null }));
        Assert.Empty(_said);
    }

    [NoPhoneModelFact]
    public void A_build_without_the_phone_detector_looks_for_hands_and_says_so()
    {
        using var torso = Watch(new(), ownThread: false);

        var looks = Drive(torso, seconds: 6);

        Assert.Contains(looks, face => face.Hands is not null);
        Assert.All(looks, face => Assert.Null(face.PhoneSeen));
        Assert.Empty(_said);
        var line = TorsoProbe.Check(new());
        Assert.True(line.Ok, line.Text);
        Assert.Contains("a build without the phone detector", line.Text, StringComparison.Ordinal);
    }

    /// <summary>A face above the picture, so large that its torso is all of it, as in the reference.</summary>
    private static FaceFrame Whole(Frame frame) =>
        new(frame.Width / 2, -frame.Height, Math.Max(frame.Width, frame.Height), 0);

    private TorsoWatch Watch(VisionSettings settings, bool ownThread) =>
        new(settings, default, TimeProvider.System, ownThread, _said.Add);

    private TimeSpan _at;

    /// <summary>A face that holds still, 15 pictures a second.</summary>
    private List<FaceReading> Drive(TorsoWatch torso, double seconds, Func<FaceReading, FaceReading>? change = null)
    {
        using var frame = Pictures.Load(Pictures.Golden("astronaut_eileen_collins_nasa.png"));
        _reader ??= new FaceReader(new VisionSettings { ExpressionEvery = 0 }, default, TimeProvider.System);
        var face = change is null ? _reader.Read(frame) : change(_reader.Read(frame));
        var read = new List<FaceReading>();
        for (var i = 0; i < seconds * 15; i++)
        {
            frame.At = _at += TimeSpan.FromSeconds(1 / 15.0);
            read.Add(torso.Add(frame, face, _reader.Mesh.Landmarks));
        }

        return read;
    }

    private void CopyModelsBut(string name)
    {
        foreach (var file in Directory.EnumerateFiles(ModelStore.DefaultFolder()))
            if (!Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal))
                File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }
}
