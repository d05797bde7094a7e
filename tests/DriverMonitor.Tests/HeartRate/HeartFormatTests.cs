using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DriverMonitor.HeartRate;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>
/// Heart files as apps, watches and hands write them: read as what they are, or refused with the suspicion named.
/// </summary>
public sealed class HeartFormatTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    //  the file: a line, made of the beat's time T (s), its interval R (ms) and rate B (bpm), 100 times; what comes out of it
    public static TheoryData<string, string, string> Series => new()
    {
        { "", "{T},{B},{R}\n", "100 x 800" },
        { "", "{T},,{R}\n", "100 x 800" },
        { "at_s,bpm,rr_ms\n", "{T},{B},{R}\n", "100 x 800" },
        { "", "{R}\n", "100 x 800" },
        { "", "{R}\r\n", "100 x 800" },
        { "", "{S}\n", "100 x 800" }, // seconds: no heart's ms
        { "", "{S,}\n", "decimal comma" },
        { "", "{R},5\n", "decimal comma" },
        { "", "{R},\n", "100 x 800" },
        { "", "{R}\r", "100 x 800" }, // an old export
        { "", "{T},{B},{R}\u2028", "100 x 800" },
        { "", "{T};{B};{R}\n", "100 x 800" },
        { "", "{T,};{B};{R,}\n", "100 x 800" },
        { "", "{P},{B},{R}\n", "100 x 800" }, // from the Unix clock
        { "", "{N}\t{R}\n", "100 x 800" }, // numbered, not timed
        { "", "{T} {R}\n", "100 x 800" }, // Kubios: time and interval
        { "", "{T}\t{S}\n", "100 x 800" },
        { "", "{T,}\t{R,}\n", "100 x 800" },
        { "", "{R}; {R}\n", "200 x 800" }, // several a line
        { "RR\n", "{R}\n", "100 x 800" }, // a header
        { "RR [s]\n", "{S}\n", "100 x 800" },
        { "RR (ms)\n", "{S}\n", "look like seconds" },
        { "Time,RR\n", "{T},{R}\n", "100 x 800" },
        { "time;hr;rr\n", "{T,};{B};{R},0\n", "100 x 800" }, // a German spreadsheet
        { "rr_ms,bpm,at_s\n", "{R},{B},{T}\n", "100 x 800" }, // swapped, and said so
        { "Phone timestamp;RR-interval [ms]\n", "2024-05-01T10:{M};{R}\n", "100 x 800" }, // Polar Sensor Logger
        { "duration,offline\n", "{R},0\n", "100 x 800" }, // Polar Flow
        { "Name,Sport,Date\nA,B,2024\nSample rate,Time,HR (bpm),Speed (km/h)\n", "1,00:{M},{B},50\n", "100 at 75" },
        { "date, timestamp, rr, since start\n", "2024-05-01 10:{M},{U},{R},{T}\n", "100 x 800" }, // HRV Logger
        { "Datum;Puls\n", "31.12.2024 10:{M};{B}\n", "100 at 75" },
        { "Zeit (s);Herzfrequenz (bpm);RR-Intervall (ms)\n", "{T,};{B};{R,}\n", "100 x 800" },
        { "Temps (s);Fréquence cardiaque (bpm);Intervalle RR (ms)\n", "{T,};{B};{R,}\n", "100 x 800" },
        { "Name,Sport,Date,Start time,Duration\nA,B,01-05-2024,10:00:00,00:05:00\nSample rate,Time,HR (bpm)\n", ",00:{M},{B}\n", "100 at 75" }, // Polar Flow
        { "Timestamp,RR\n", "2024-05-01 10:00:00,{R}\n", "100 x 800" }, // one moment for a whole measurement
        { "Puls\n", "{B}\n", "have no times" },
        { "", "{T}\n", "only rise" },
        { "", "0\n", "no beats" },
        { "", "{R}\n{R}\n{R}\n{S}\n", "like seconds, others" },
        { "", "{R}\n{R}\n{R}\n{R}000\n", "like microseconds, others" },
        { "", "{R}\n{R}\n{R}\n{B}\n", "like heart rates (bpm), others" },
        { "", "{T},{R}\n", "look like RR intervals" },
        { "", "{T},{R},{B}\n", "swap" },
        { "", "{R}000\n", "microseconds" },
        { "", "{B}\n", "look like heart rates" },
        { "", "9{R}\n", "no heart's" },
        { "", "{T},,{K}\n", "1/1024" },
        { "", "{T},,{R};{R}\n", "repeated" },
        { "", "{E},,{R}\n", "look like ms" },
        { "", "{T},150,{R}\n", "say 75 bpm" },
        { "[Params]\nInterval=238\n[HRData]\n", "{R}\n", "100 x 800" },
        { "[Params]\nInterval=1\n[HRData]\n", "{B}\n", "100 at 75" },
        { "[params]\ninterval= 1\n[hrdata]\n", "{B}\n", "100 at 75" },
        { "[Params]\nInterval=soon\n[HRData]\n", "{B}\n", "soon" },
        { "[Params]\nInterval=204\n[HRData]\n", "{B}\n", "204" },
        { "[Params]\nInterval=7\n[HRData]\n", "{B}\n", "no interval of this format" },
        { "[Params]\nInterval=238\n[HRData]\n", "{B}\n", "look like heart rates" },
        { "", "\u001b[2Jpwned\n{R}\n", "\\x1b[2Jpwned" },
        { "<gpx><trk><trkseg>", "<trkpt><time>2024-05-01T10:{M}Z</time><extensions><x:hr xmlns:x='y'>{B}</x:hr></extensions></trkpt>", "cannot be read" }, // cut
    };

    [Theory]
    [MemberData(nameof(Series))]
    public void A_series_is_read_as_what_it_is_or_refused_by_its_flaw(string header, string line, string expected)
    {
        File.WriteAllText(_path, header + string.Concat(Enumerable.Range(1, 100).Select(beat => Fill(line, beat))));

        Assert.Contains(expected, Outcome(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_one_moment_are_one_packet()
    {
        File.WriteAllText(
            _path, string.Concat(Enumerable.Range(1, 50).Select(pair => Fill("{T},75,800\n{T},75,800\n", 2 * pair))));

        Assert.Equal(50, HeartFile.Read(_path).Count);
        Assert.Equal("100 x 800", Outcome());
    }

    [Fact]
    public void No_rate_that_is_no_hearts_leaves_a_file()
    {
        File.WriteAllText(_path, "0,70\n1,831\n2,0\n3,24\n4,240\n");

        Assert.Equal([70, null, null, null, 240], HeartFile.Read(_path).Select(packet => packet.Packet.BeatsPerMinute));
    }

    [Fact]
    public void A_night_has_a_midnight()
    {
        File.WriteAllText(_path, "time,hr\n23:59:58,70\n23:59:59,71\n00:00:00,72\n00:00:01,73\n");

        Assert.Equal([0, 1, 2, 3], HeartFile.Read(_path).Select(packet => packet.At.TotalSeconds));
    }

    [Fact]
    public void What_is_compressed_is_said_to_be()
    {
        File.WriteAllBytes(_path, [0x1F, 0x8B, 8, 0]);

        Assert.Contains("compressed", Outcome(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n    ")]
    public void A_watch_track_is_read(string before)
    {
        File.WriteAllText(_path, before + "<?xml version='1.0'?><TrainingCenterDatabase xmlns='http://x'><Track>" + string.Concat(Enumerable.Range(0, 100).Select(second => Fill(
            "<Trackpoint><Time>2024-05-01T10:{M}Z</Time><HeartRateBpm><Value>75</Value></HeartRateBpm></Trackpoint>", second))) + "</Track></TrainingCenterDatabase>");

        Assert.Equal("100 at 75", Outcome());
    }

    [Fact]
    public void Apples_beats_are_the_moments_between_them()
    {
        File.WriteAllText(_path, """
            <?xml version="1.0"?><!DOCTYPE HealthData [ <!ELEMENT HealthData (Record*)> ]><HealthData>
            <Record type="HKQuantityTypeIdentifierHeartRate" startDate="2024-05-01 10:00:00 +0200" value="70"/>
            <Record type="HKQuantityTypeIdentifierHeartRateVariabilitySDNN" startDate="2024-05-01 12:59:58 +0200"><HeartRateVariabilityMetadataList>
            <InstantaneousBeatsPerMinute bpm="75" time="12:59:58,10 PM"/><InstantaneousBeatsPerMinute bpm="75" time="12:59:58,90 PM"/>
            <InstantaneousBeatsPerMinute bpm="75" time="12:59:59,70 PM"/><InstantaneousBeatsPerMinute bpm="75" time="1:00:00,50 PM"/>
            </HeartRateVariabilityMetadataList></Record></HealthData>
            """);

        Assert.Equal("3 x 800", Outcome());
    }

    [Fact]
    public void Garmins_intervals_are_read()
    {
        File.WriteAllBytes(_path, FitBytes());

        Assert.Equal("4 x 800", Outcome());
    }

    /// <summary>A header, one definition of hrv messages (78: five intervals of 1/1000 s), and two of them.</summary>
    internal static byte[] FitBytes()
    {
        byte[] hrv(params ushort[] intervals) => [0, .. intervals.SelectMany(BitConverter.GetBytes)];
        byte[] body =
        [
            0x40,
            0,
            0,
            78,
            0,
            1,
            0,
            10,
            0x84,
            .. hrv(800, 800, 800, 0xFFFF, 0xFFFF),
            .. hrv(800, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF),
        ];
        var header = new byte[14];
        header[0] = 14;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), body.Length);
        ".FIT"u8.CopyTo(header.AsSpan(8));
        return [.. header, .. body, 0, 0];
    }

    private string Outcome()
    {
        try
        {
            var packets = HeartFile.Read(_path);
            var intervals = packets.SelectMany(packet => packet.Packet.RrMs).ToList();
            return intervals.Count > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{intervals.Count} x {intervals.Average():0}")
                : string.Create(CultureInfo.InvariantCulture, $"{packets.Count} at {packets.Average(packet => packet.Packet.BeatsPerMinute):0}");
        }
        catch (HeartFileException e)
        {
            Assert.True(Encoding.UTF8.GetByteCount(e.Message) < 600, e.Message);
            Assert.DoesNotContain(e.Message, char.IsControl);
            return e.Message;
        }
    }

    private static string Fill(string line, int beat)
    {
        var (time, moment) = (0.8 * beat, TimeSpan.FromSeconds(0.8 * beat));
        return line.Replace("{T}", time.ToString("0.0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{T,}", time.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ','), StringComparison.Ordinal)
            .Replace("{M}", moment.ToString("mm\\:ss\\.fff", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{E}", (1000 * time).ToString("0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(
                "{U}", (1_714_557_600_000 + 1000 * time).ToString("0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{P}", (1_714_557_600 + time).ToString("0.0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{N}", beat.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{R}", "800", StringComparison.Ordinal).Replace("{R,}", "800,0", StringComparison.Ordinal)
            .Replace("{K}", "819.2", StringComparison.Ordinal)
            .Replace("{S}", "0.800", StringComparison.Ordinal).Replace("{S,}", "0,800", StringComparison.Ordinal)
            .Replace("{B}", "75", StringComparison.Ordinal);
    }
}
