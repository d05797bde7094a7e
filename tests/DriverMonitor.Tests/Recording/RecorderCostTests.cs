using System.Globalization;
using System.Text.RegularExpressions;
using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Recording;

/// <summary>A recorder that wears out the card or takes the judgement's time would be switched off.</summary>
public sealed partial class RecorderCostTests
{
    [Fact]
    public async Task Recording_takes_less_than_twenty_kilobytes_a_second_and_a_hundredth_of_a_core()
    {
        var clip = Path.Combine(Directory.CreateTempSubdirectory("recorder-cost").FullName, "sleepy.mp4");
        PortraitClip.Make(PortraitScript.Sleepy(times: 1), clip);
        var (code, output, errors) = await TheProgram.RunAsync("bench", clip, "--passes", "1", "--reactions", "0");
        Directory.Delete(Path.GetDirectoryName(clip)!, recursive: true);

        Assert.True(code == 0, errors);
        var said = Said().Match(output);
        Assert.True(said.Success, output);
        Assert.InRange(double.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 1, 20);
        Assert.InRange(double.Parse(said.Groups[2].ValueSpan, CultureInfo.InvariantCulture), 0, 1);
    }

    [GeneratedRegex(@"recording +([0-9.]+) KB/s, ([0-9.]+) % of one core")]
    private static partial Regex Said();
}
