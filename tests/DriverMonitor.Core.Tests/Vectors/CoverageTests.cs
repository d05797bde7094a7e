using System.Text.Json;
using DriverMonitor.Core.Tests.Faces;
using DriverMonitor.Core.Tests.Features;
using DriverMonitor.Core.Tests.HeartRate;
using DriverMonitor.Core.Tests.Scoring;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.Vectors;

/// <summary>Every section of the reference cases has a test that walks all of its rows.</summary>
public class CoverageTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Type> TestedBy = new()
    {
        ["hrv"] = typeof(HeartVariabilityTests),
        ["artefacts"] = typeof(BeatCleaningTests),
        ["ble"] = typeof(HeartRatePacketDecoderTests),
        ["fatigue"] = typeof(FatigueTests),
        ["tpm"] = typeof(FatigueTests),
        ["stress"] = typeof(StressTests),
        ["anger"] = typeof(AngerTests),
        ["pose"] = typeof(PerspectivePoseTests),
        ["distraction.attend"] = typeof(AttentionBufferTests),
        ["distraction.vats"] = typeof(VatsWindowTests),
        ["perclos"] = typeof(PerclosTests),
        ["metrics"] = typeof(ScoreAuditTests),
    };

    [Fact]
    public void Every_section_has_a_test()
    {
        var sections = Vector
            .Cases.EnumerateObject()
            .Where(s => s.Name != "note")
            .SelectMany(s =>
                s.Name == "distraction" ? s.Value.EnumerateObject().Select(part => $"{s.Name}.{part.Name}") : [s.Name]);
        Assert.Equal(TestedBy.Keys.Order(), sections.Order());
    }

    /// <summary>Our copies hold every case and every default that was written down, to the digit.</summary>
    [Theory]
    [InlineData("scoring-vectors.json")]
    [InlineData("scoring-defaults.json")]
    public void Our_copy_is_what_was_written_down(string file)
    {
        if (SharedData.Design(file, output) is not { } path) return;
        using var written = JsonDocument.Parse(File.ReadAllText(path));
        using var ours = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), file)));
        foreach (var section in written.RootElement.EnumerateObject().Where(section => section.Name != "note"))
            Assert.True(JsonElement.DeepEquals(section.Value, ours.RootElement.GetProperty(section.Name)), section.Name);
    }

    /// <summary>A row that a theory does not name would pass unseen.</summary>
    [Fact]
    public void The_clock_s_rows_are_all_named() =>
        Assert.Equal(6, Vector.Cases.GetProperty("tpm").GetArrayLength());

    /// <summary>A section's test really reads it: its source names the section.</summary>
    [Fact]
    public void A_section_s_test_reads_the_section()
    {
        foreach (var (section, type) in TestedBy)
        {
            var source = File.ReadAllText(Path.Combine(Folder(), "..", type.Namespace!.Split('.')[^1], type.Name + ".cs"));
            foreach (var part in section.Split('.'))
                Assert.True(
                    source.Contains($"GetProperty(\"{part}\")", StringComparison.Ordinal),
                    $"{type.Name} does not read '{part}'.");
        }
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetDirectoryName(here)!;
}
