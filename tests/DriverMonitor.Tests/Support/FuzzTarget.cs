using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Can;
using DriverMonitor.Core.Commands;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Drivers;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Support;

/// <summary>A reader of foreign bytes, and what it may do with them: take them, or refuse them in a line.</summary>
/// <param name="Name">Of its folder among the kept inputs.</param>
/// <param name="Seed">Sound input, from which others are made.</param>
/// <param name="Read">Gives what came of it, in a word or two.</param>
internal sealed partial record FuzzTarget(string Name, byte[] Seed, Func<byte[], string> Read)
{
    /// <summary>None needs a second; a busy machine may stop a thread for some.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Readers of messages, sentences, packets and small files, each by its name.</summary>
    /// <param name="file">Where readers of files find what they are to read.</param>
    public static IReadOnlyDictionary<string, FuzzTarget> All(string file) => new[]
    {
        Of(
            "order",
            """{"id":"a1","to":"acme/veh-1","name":"config","ctr":2,"exp":"2026-11-22T11:25:31Z","args":{"set":{"Mqtt:Privacy":"P0"}},"kid":"ops-1","sig":"AAAA"}""",
            bytes => $"{CommandReader.Read(bytes, "config").Refusal}"),
        Of(
            "gpsd",
            """{"class":"TPV","device":"/dev/pts/1","mode":3,"time":"2026-11-22T10:01:13.000Z","lat":52.1,"lon":4.3,"speed":13.890,"eps":0.6}""",
            bytes => GpsdReport.Read(bytes) is { } report ? $"speed {report.SpeedKmh is not null}" : "nothing"),
        Of(
            "nmea",
            "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W*69",
            bytes => NmeaFix.Read(Encoding.Latin1.GetString(bytes)) is null ? "nothing" : "a fix"),
        new(
            "heart-packet", [0x16, 72, 0x2C, 0x03, 0x25, 0x03],
            bytes => HeartRatePacketDecoder.Decode(bytes, "strap") is var packet
                ? $"{packet.BeatsPerMinute is not null} {Math.Min(packet.RrMs.Length, 4)} {packet.Flaws}" : ""),
        Of(
            "dbc",
            "VERSION \"\"\nBO_ 256 Wheels: 8 E\n SG_ Speed : 0|16@1+ (0.01,0) [0|400] \"km/h\" X\n SG_ Mode M : 16|4@1+ (1,0) [0|0] \"\" X\n SG_ Deep m3 : 24|8@0- (0.5,-4) [0|0] \"\" X\n",
            bytes => DbcFile.Parse(Encoding.UTF8.GetString(bytes)) is null ? "" : "a database"),
        Of(
            "can-signal", "0x18FEF100 8|16@1+ (0.00390625,0) [0|250.996] =1,2",
            bytes => CanSignalText.Parse(Encoding.UTF8.GetString(bytes)) is null ? "" : "a signal"),
        Of(
            "candump", "(1764500000.123456) can0 18FEF100#8813001122334455",
            bytes => CandumpLine.Parse(Encoding.UTF8.GetString(bytes)) is null ? "nothing" : "a frame"),
        Of(
            "consent", """{"camera":{"state":"granted","text":"0123456789abcdef","at":"2026-11-22T10:01:13+00:00"}}""",
            bytes => ConsentJson.Read(bytes) is null ? "" : "consents"),
        Of("heart-file", "at_s,rr_ms\n0.8,800\n1.6,812\n2.4,799\n", OfFile(file, path => HeartFile.Read(path))),
        Of("speed-file", "at_s,kmh\n0,50\n1,\n2,60.5\n", OfFile(file, path => _ = new RecordedSpeed(path))),
        Of(
            "settings", """{ "DriverMonitor": { "Recording": { "MaxAge": "7 days" }, "Camera": { "Width": 640 }, "Mqtt": { "Brokers": ["a:1"] } } }""",
            OfFile(file, path => MonitorOptions.Load(path))),
        new(
            "manifest", File.ReadAllBytes(Path.Combine(ModelStore.DefaultFolder(), "manifest.json")),
            OfFile(Path.Combine(Path.GetDirectoryName(file)!, "manifest.json"), path => _ = new ModelStore(Path.GetDirectoryName(path)!))),
    }.ToDictionary(target => target.Name);

    /// <summary>What came of it, without the numbers and names that were in it; throws what no reader may throw.</summary>
    public string Try(byte[] bytes)
    {
        var began = TimeProvider.System.GetTimestamp();
        string outcome;
        try
        {
            outcome = Read(bytes);
        }
        catch (Exception e) when (e is FormatException or JsonException or HeartFileException or VehicleFileException
            or ConfigurationException or InputException or ModelException or RecordingException)
        {
            var line = ShownText.Line(e.Message);
            if (line.Any(char.IsControl) || Encoding.UTF8.GetByteCount(line) > 4096) throw new InvalidOperationException($"it says {line}", e);
            outcome = $"{e.GetType().Name} {Varying().Replace(line, "*")}";
        }

        return TimeProvider.System.GetElapsedTime(began) < Longest ? outcome : throw new TimeoutException("it took too long");
    }

    private static FuzzTarget Of(string name, string seed, Func<byte[], string> read) => new(name, Encoding.UTF8.GetBytes(seed), read);

    private static Func<byte[], string> OfFile(string file, Action<string> read) => bytes =>
    {
        File.WriteAllBytes(file, bytes);
        read(file);
        return "read";
    };

    [GeneratedRegex("""[\d.+-]+|'[^']*'|"[^"]*"|/\S+""")]
    private static partial Regex Varying();
}
