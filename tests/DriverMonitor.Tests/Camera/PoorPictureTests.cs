using System.Text.Json;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Camera;

/// <summary>Four good seconds, then something happens to the picture: the replay must say what, within ten seconds.</summary>
public sealed class PoorPictureTests : IDisposable
{
    private const double HappensAt = 4;

    private readonly FfmpegClips _clips = new();

    public void Dispose() => _clips.Dispose();

    //   status              ffmpeg's filter, under a sensor's noise
    public static readonly TheoryData<string, string> Troubles = new()
    {
        { "",                "null" },
        { "camera_covered",  "lutyuv=y='10+val/60':enable='gte(t,4)'" },
        { "camera_covered",  "lutyuv=y=0:u=128:v=128:enable='gte(t,4)'" },
        { "dark",            "lutyuv=y='val/10':enable='gte(t,4)'" },
        { "glare",           "lutyuv=y='min(val*3+60,255)':enable='gte(t,4)'" },
        { "out_of_focus",    "gblur=sigma=14:enable='gte(t,4)'" },
        { "frozen_picture",  "loop=loop=200:size=1:start=40" },
    };

    [Theory, MemberData(nameof(Troubles))]
    public async Task It_is_said_within_ten_seconds_what_is_wrong_with_the_picture(string status, string filter)
    {
        const string Noise = "noise=alls=2:allf=t";
        var portrait = Path.Combine(ModelStore.DefaultFolder(), "portrait", "portrait.jpg");
        var filters = status == "frozen_picture" ? $"{Noise},{filter}" : $"{filter},{Noise}";
        var clip = _clips.Make("clip.nut", $"-loop 1 -framerate 10 -i {portrait} -t 16 -vf scale=640:-2,format=yuvj420p,{filters} -c:v rawvideo");
        var events = _clips.PathOf("events.jsonl");

        var (exit, _, errors) = await TheProgram.RunAsync("replay", clip, "--events", events);

        Assert.True(exit == 0, errors);
        string[] poor = ["camera_covered", "dark", "glare", "out_of_focus", "frozen_picture"];
        var said = File.ReadLines(events).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("kind").GetString() == "status")
            .Select(line => (At: line.GetProperty("at").GetDouble(), What: line.GetProperty("status").GetString()!))
            .Where(line => poor.Contains(line.What)).ToList();
        Assert.Equal(status, string.Join(", ", said.Select(line => line.What)));
        if (status.Length > 0) Assert.InRange(said[0].At, HappensAt, HappensAt + 10.2);
    }
}
