using System.Text.Json;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Vectors;
using FsCheck.Xunit;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.HeartRate;

public class HeartRatePacketDecoderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Packets() =>
        [.. Vector.Cases.GetProperty("ble").EnumerateArray().Select(c => c.GetProperty("hex").GetString()!)];

    [Theory]
    [MemberData(nameof(Packets))]
    public void Each_packet_means_what_the_format_says(string hex)
    {
        var expected = Vector.Cases.GetProperty("ble").EnumerateArray().Single(c => c.GetProperty("hex").GetString() == hex);
        var packet = HeartRatePacketDecoder.Decode(Bytes(hex), "strap");

        Assert.Equal("strap", packet.DeviceId);
        Assert.Equal(expected.TryGetProperty("malformed", out _), packet.Malformed);
        if (packet.Malformed) return;
        Assert.Equal(expected.Number("bpm"), packet.BeatsPerMinute);
        Assert.Equal(expected.GetProperty("contact").GetString(), packet.Contact.ToString());
        Assert.Equal(expected.Number("kj"), packet.EnergyKilojoules);
        Assert.Equal(expected.GetProperty("rr").Numbers(), packet.RrMs);
    }

    [Theory]
    [InlineData("10 3C 00 04 01", HeartFlaws.TrailingByte)]
    [InlineData("01 04 01", HeartFlaws.RateOutOfRange)]
    [InlineData("00 1D", HeartFlaws.RateOutOfRange)]
    [InlineData("00 1E", HeartFlaws.None)]
    [InlineData("16 00", HeartFlaws.NoPulse)]
    [InlineData("14 48 20 03 E8 03", HeartFlaws.StrapOff)]
    [InlineData("16 48 00 04", HeartFlaws.None)]
    public void What_is_odd_about_a_packet_is_named(string hex, HeartFlaws flaws) =>
        Assert.Equal(flaws, HeartRatePacketDecoder.Decode(Bytes(hex)).Flaws);

    [Fact]
    public void Captured_packets_of_real_straps_decode()
    {
        if (SharedData.Json("heart/ble/hr_measurement_2a37.json", output) is not { } packets) return;
        foreach (var captured in packets.EnumerateArray())
        {
            var packet = HeartRatePacketDecoder.Decode(Convert.FromHexString(captured.GetProperty("hex").GetString()!));
            if (captured.TryGetProperty("expected", out var expected)) AssertSame(expected, packet);
            else Assert.True(packet.Malformed || packet.RrMs.IsEmpty);
        }
    }

    [Property(MaxTest = 2000)]
    public void No_bytes_break_the_decoder(byte[] bytes)
    {
        var packet = HeartRatePacketDecoder.Decode(bytes);
        var series = new BeatSeries(new());
        series.Add(TimeSpan.FromSeconds(1), packet);

        Assert.True(packet.BeatsPerMinute is null or (>= 30 and <= 240));
        Assert.All(packet.RrMs, rr => Assert.InRange(rr, 0, 64_000));
    }

    private static void AssertSame(JsonElement expected, HeartPacket packet)
    {
        double? rate = expected.Number("hr");
        bool off = expected.GetProperty("contact").GetString() == "supported, not detected";
        Assert.Equal(off || rate is > 240 ? null : rate, packet.BeatsPerMinute);
        Assert.Equal(expected.Number("energy_kj"), packet.EnergyKilojoules);
        Assert.Equal(expected.GetProperty("rr_1024").Numbers(), packet.RrMs.Select(ms => ms * 1024 / 1000));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
