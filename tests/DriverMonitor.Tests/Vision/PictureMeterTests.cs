using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Camera;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

public sealed class PictureMeterTests : IDisposable
{
    /// <summary>The portrait with a living sensor's noise, as ffmpeg makes it.</summary>
    private const string Noise = "noise=alls=2:allf=t";

    private readonly FfmpegClips _clips = new();

    public void Dispose() => _clips.Dispose();

    //   what happened to the picture     ffmpeg's filter                  what the numbers say
    public static readonly TheoryData<string, string, string> Troubles = new()
    {
        { "an ordinary picture",          "null",                          "" },
        { "a hand before the lens",       "format=yuvj420p,lutyuv=y='10+val/60'", "dark, flat" },
        { "sun in the lens",              "lutyuv=y='min(val*3+60,255)'",  "washed out" },
        { "out of focus",                 "gblur=sigma=12",                "blurred" },
        { "a picture that stands still",  "loop=loop=200:size=1:start=0",   "frozen" },
    };

    [Theory, MemberData(nameof(Troubles))]
    public void Each_second_says_what_the_picture_is_worth(string story, string filter, string words) =>
        Compare(story, $"-loop 1 -framerate 10 -i {Portrait} -t 4 -vf scale=640:-2", filter, words);

    [SharedDataTheory, MemberData(nameof(Troubles))]
    public void In_a_cab_too(string story, string filter, string words)
    {
        foreach (var clip in Directory.GetFiles(SharedData.Path("video/incluit-driver-behaviour"), "*.mp4"))
            Compare($"{story}, {Path.GetFileName(clip)}", $"-i {clip} -t 4 -vf scale=540:-2", filter, words);
    }

    private void Compare(string story, string source, string filter, string words)
    {
        // The noise is the sensor's: it lies over a covered or blurred picture too; only a frozen one repeats.
        var filters = words == "frozen" ? $"{Noise},{filter}" : $"{filter},{Noise}";
        var seen = Measure($"{source},{filters},format=gray -an -c:v rawvideo");

        Assert.InRange(seen.Count, 4, 5);
        Assert.All(seen.Skip(1), quality => Assert.True(words == Words(quality), $"{story}: expected '{words}', measured {quality}"));
    }

    private static string Words(in PictureQuality quality)
    {
        var blind = quality.Brightness < 0.06;
        string?[] words =
        [
            blind ? "dark" : null,
            quality.Contrast < 0.03 ? "flat" : null,
            quality.SaturatedShare >= 0.4 ? "washed out" : null,
            !blind && quality.Sharpness < 0.025 ? "blurred" : null,
            quality.Frozen ? "frozen" : null,
        ];
        return string.Join(", ", words.OfType<string>());
    }

    [Theory]
    [InlineData(PixelLayout.Rgba32)]
    [InlineData(PixelLayout.Bgr24)]
    [InlineData(PixelLayout.I420)]
    [InlineData(PixelLayout.I420Limited)]
    internal void Every_layout_says_the_same_of_the_same_picture(PixelLayout layout)
    {
        using var grey = Support.Pictures.Load(Portrait, PixelLayout.Gray8);
        using var other = Support.Pictures.Load(Portrait, layout);

        var (expected, seen) = (new PictureMeter().Step(grey)!.Value, new PictureMeter().Step(other)!.Value);

        Assert.Equal(expected.Brightness, seen.Brightness, 0.005);
        Assert.Equal(expected.Contrast, seen.Contrast, 0.005);
        Assert.Equal(expected.Sharpness, seen.Sharpness, 0.005);
    }

    [Fact]
    public void Measuring_allocates_nothing_and_happens_once_a_second()
    {
        using var picture = Support.Pictures.Load(Portrait, PixelLayout.I420);
        var meter = new PictureMeter();
        meter.Step(picture);

        var (measured, before) = (0, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 1; i <= 300; i++)
        {
            picture.At = TimeSpan.FromSeconds(i / 30.0);
            if (meter.Step(picture) is not null) measured++;
        }

        Assert.Equal((10, 0), (measured, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 64, false)]
    [InlineData(3, 3, true)]
    [InlineData(4000, 20, false)]
    public void A_picture_too_small_to_have_neighbours_is_not_measured(int width, int height, bool measured)
    {
        using var picture = new Frame(width, height, PixelLayout.Gray8);

        Assert.Equal(measured, new PictureMeter().Step(picture) is not null);
    }

    private static string Portrait => Path.Combine(ModelStore.DefaultFolder(), "portrait", "portrait.jpg");

    private List<PictureQuality> Measure(string arguments)
    {
        using var camera = FfmpegCamera.OfFile(_clips.Make("clip.nut", arguments), new CameraSettings(), TimeProvider.System);
        camera.Open();
        using var frame = camera.NewFrame();
        var (meter, seen) = (new PictureMeter(), new List<PictureQuality>());
        while (camera.Read(frame, CancellationToken.None))
            if (meter.Step(frame) is { } quality) seen.Add(quality);
        return seen;
    }
}
