using System.Text;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Wire;

/// <summary>What vehicles write is read, and what does not fit is found fault with, never lost in an exception.</summary>
public sealed class EventReaderTests
{
    private const string Fatigue = "dm/v1/acme/veh-0001/alert/fatigue";
    private static readonly EventReader Reader = new(["acme", "werk"], ["werk"]);

    private static readonly string[] Examples =
        File.ReadAllLines(SourceTree.Path("deploy", "schemas", "examples", "events-1.0.txt"));

    private static readonly string Raised = Examples[0].Split(' ', 2)[1];

    [Fact]
    public void Every_example_of_the_contract_is_read_without_a_fault()
    {
        foreach (var line in Examples)
        {
            var reading = Read(line.Split(' ', 2)[0], line.Split(' ', 2)[1]);
            Assert.True(reading.Finding is null, $"{reading.Finding?.Detail} in {line}");
            Assert.True((reading.Event is null) != (reading.Contact is null), line);
            Assert.True(reading.Event is null || reading.Event.Type != EventType.Unknown, line);
        }
    }

    [Fact]
    public void An_alert_becomes_columns_and_what_is_left()
    {
        var one = Read(Fatigue, Raised).Event!;

        Assert.Equal(("acme/veh-0001", 0x5f1c9a2e77b04d10UL, 48213L), (one.Vehicle.ToString(), one.Epoch, one.Seq));
        Assert.Equal(DateTimeOffset.Parse("2026-11-22T11:20:31.123Z", System.Globalization.CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(one.At));
        Assert.Equal((EventType.Raised, EventKind.Fatigue, 3, EventClock.Synced), (one.Type, one.Kind, one.Level, one.Clock));
        Assert.Equal((7, 8123456L, "7-0412", "eyes_closed", false), (one.Boot, one.Mono, one.Episode, one.Rule, one.IsLate));
        Assert.Equal(
            """{"trip":"7-2","rule":"eyes_closed","why":[{"f":"eyes_closed","v":3.1,"th":3,"unit":"s"}],"score":0.87,"conf":0.91,"sensors":{"cam":"ok","hr":"lost"},"action":["buzzer:sleep-alarm"],"model":"face@1.2.0","cfg":"c41a"}""",
            one.Body);
    }

    [Fact]
    public void A_gap_and_a_clockfix_say_what_marks_and_times_need()
    {
        var events = Examples.Select(line => line.Split(' ', 2)).Select(line => Read(line[0], line[1]).Event).ToList();

        Assert.Contains(events, one => one?.Lost == new LostRange(100, 140, "quota"));
        Assert.Contains(events, one => one?.FormerEpoch == 0x1b2c3d4e5f607182);
        Assert.Contains(events, one => one?.Fix is { Boot: 7, Mono: 8123456 });
    }

    //   what is changed in an alert that fits                what is found                        whether it takes its number
    public static TheoryData<string, string, string, bool> DoesNotFit => new()
    {
        { "\"source\":\"/acme/veh-0001\"", "\"source\":\"/acme/veh-0002\"", "source", false },
        { "\"source\":\"/acme/veh-0001\"", "\"source\":\"/beta/veh-0001\"", "source", false },
        { "veh-0001:5f1c9a2e77b04d10:48213", "veh-0002:5f1c9a2e77b04d10:48213", "id is not", false },
        { "veh-0001:5f1c9a2e77b04d10:48213", "veh-0001:5f1c9a2e77b04d10:48214", "id is not", false },
        { "\"seq\":48213", "\"seq\":0", "id is not", false },
        { "\"seq\":48213", "\"seq\":-1", "seq", false },
        { "\"seq\":48213", "\"seq\":9223372036854775807", "seq", false },
        { "\"seq\":48213", "\"seq\":92233720368547758070", "seq", false },
        { "\"seq\":48213", "\"seq\":48213.5", "seq", false },
        { "\"seq\":48213", "\"seq\":\"48213\"", "seq", false },
        { "\"seq\":48213,", "", "seq", false },
        { "\"seq\":48213,", "\"seq\":48213,\"seq\":48213,", "seq stands twice", false },
        { "\"epoch\":\"5f1c9a2e77b04d10\"", "\"epoch\":\"5F1C9A2E77B04D10\"", "id is not", false },
        { "\"epoch\":\"5f1c9a2e77b04d10\"", "\"epoch\":\"5f1c\"", "id is not", false },
        { "\"data\":{", "\"data\":[{", "data is not an object", false },
        { "\"data\":{\"episode\"", "\"data\":7,\"x\":{\"episode\"", "data is not an object", false },
        { "{\"specversion\"", "[{\"specversion\"", "not an object", false },
        { "\"cfg\":\"c41a\"}}", "\"cfg\":\"c41a\"}", "not JSON", false },
        { "\"cfg\":\"c41a\"}}", "\"cfg\":\"c41a\"}}{}", "not JSON", false },
        { "\"time\":\"2026-11-22T11:20:31.123Z\"", "\"time\":\"yesterday\"", "time", true },
        { "\"time\":\"2026-11-22T11:20:31.123Z\"", "\"time\":\"2026-11-22T11:20:31.123\"", "time", true },
        { "\"clock\":\"synced\"", "\"clock\":\"sundial\"", "clock", true },
        { "\"boot\":7,", "\"boot\":0,", "boot", true },
        { "\"boot\":7,", "\"boot\":99999999999,", "boot", true },
        { "\"late\":false,", "", "late", true },
        { "\"level\":3", "\"level\":5", "level", true },
        { "\"level\":3", "\"level\":-1", "level", true },
        { "\"level\":3", "\"level\":\"3\"", "level", true },
        { "\"kind\":\"fatigue\"", "\"kind\":\"boredom\"", "kind", true },
        { "\"kind\":\"fatigue\"", "\"kind\":\"stress\"", "kind is not the topic's", true },
        { "\"episode\":\"7-0412\"", "\"episode\":\"7-0412'; drop table event\"", "episode", true },
        { "\"phase\":\"raised\"", "\"phase\":\"cleared\"", "phase", true },
        { "\"rule\":\"eyes_closed\",", "", "rule", true },
        { "io.dms.alert.raised.v1", "io.dms.alert.raised.v2", "", true },
        { "\"cfg\":\"c41a\"", "\"cfg\":\"c41a\",\"later\":{\"a\":[1,2]}", "", true },
        { "\"cfg\":\"c41a\"", "\"cfg\":\"\\ud800\"", "", true },
    };

    [Theory]
    [MemberData(nameof(DoesNotFit))]
    public void What_does_not_fit_is_said_and_takes_its_number_where_it_has_one(
        string what, string becomes, string found, bool isStored)
    {
        Assert.Contains(what, Raised, StringComparison.Ordinal);
        var reading = Read(Fatigue, Raised.Replace(what, becomes, StringComparison.Ordinal));

        Assert.Equal(found.Length > 0, reading.Finding is not null);
        Assert.Contains(found, reading.Finding?.Detail ?? "", StringComparison.Ordinal);
        Assert.Equal(isStored ? 48213 : null, reading.Event?.Seq);
        if (found.Length > 0 && isStored) Assert.Equal(EventType.Unknown, reading.Event!.Type);
    }

    [Theory]
    [InlineData("\"camera\":\"ir-usb\"", "ir-usb")]
    [InlineData("\"camera\":\"<script>\"", "")]
    [InlineData("\"camera\":7", "")]
    [InlineData("\"more\":1", "")]
    public void The_kind_of_camera_is_a_name_or_nothing(string member, string camera)
    {
        const string Online = """{"st":"online","boot":1,"epoch":"5f1c9a2e77b04d10","ver":"1","privacy":"P1",""";
        var contact = Assert.IsType<VehicleContact.Presence>(Read("dm/v1/acme/veh-0001/status", Online + member + "}").Contact);
        Assert.Equal(camera, contact.Camera);
    }

    [Theory]
    [InlineData("dm/v1/a/b/status", """{"st":"online","boot":1,"epoch":"5f1c9a2e77b04d10","ver":"1","privacy":"P1"}""", "unknown tenant")]
    [InlineData("dm/v1/acme/b/status", """{"st":"online","boot":0,"epoch":"5f1c9a2e77b04d10","ver":"1","privacy":"P1"}""", "Status: a field")]
    [InlineData("dm/v1/acme/b/status", """{"st":"asleep","boot":1,"epoch":"5f1c9a2e77b04d10","ver":"1","privacy":"P1"}""", "Status: a field")]
    [InlineData("dm/v1/acme/b/status", """{"st":"online","boot":1,"epoch":"x","ver":"1","privacy":"P1"}""", "Status: a field")]
    [InlineData("dm/v1/acme/b/status", """{"st":"online","boot":1,"epoch":"5f1c9a2e77b04d10","ver":"1","privacy":"P9"}""", "Status: a field")]
    [InlineData("dm/v1/acme/b/state", """{"seq":1,"boot":1,"alert":5,"risk":{},"hr":"ok","cam":"ok","q":{},"drop":{}}""", "State: a field")]
    [InlineData("dm/v1/acme/b/state", """{"seq":1,"boot":1,"alert":1,"hr":"ok","cam":"ok","q":{},"drop":{}}""", "State: a field")]
    [InlineData("dm/v1/acme/b/health", """{"boot":1}""", "Health: a field")]
    [InlineData("dm/v1/acme/b/health", """{"boot":1""", "Health: not JSON")]
    [InlineData("dm/v1/acme/b/alert/fatigue", """{"hello":"world"}""", "epoch is missing")]
    [InlineData("dm/v1/acme/b/alert/fatigue", "", "not JSON")]
    [InlineData("dm/v1/acme/b/alert", "{}", "no vehicle writes")]
    [InlineData("dm/v1/acme/b/cmd/mute", "{}", "no vehicle writes")]
    [InlineData("dm/v1/acme/b/in/heart", """{"device":"watch-7"}""", "no vehicle writes")]
    [InlineData("dm/v1/acme/B/status", "{}", "no vehicle writes")]
    [InlineData("dm/v1/acme/../status", "{}", "no vehicle writes")]
    [InlineData("dm/v2/acme/b/status", "{}", "no vehicle writes")]
    [InlineData("$SYS/broker", "{}", "no vehicle writes")]
    public void Messages_of_no_event_that_do_not_fit_are_said(string topic, string body, string found)
    {
        var reading = Read(topic, body);

        Assert.Equal((null, null), (reading.Event, reading.Contact));
        Assert.Contains(found, reading.Finding!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_much_and_too_deep_is_not_parsed_on()
    {
        var large = Raised.Replace("\"cfg\":\"c41a\"", $"\"cfg\":\"{new string('x', 9_000)}\"", StringComparison.Ordinal);
        var stored = Read(Fatigue, large);
        Assert.Equal((EventType.Unknown, true), (stored.Event!.Type, stored.Event.Body.Length < 100));
        Assert.Contains("8 KiB", stored.Finding!.Detail, StringComparison.Ordinal);

        Assert.Contains("64 KiB", Read(Fatigue, new string(' ', 65_537)).Finding!.Detail, StringComparison.Ordinal);
        Assert.Contains("not an object", Read(Fatigue, new string('[', 60_000)).Finding!.Detail, StringComparison.Ordinal);
        var deep = Raised.Replace("\"c41a\"", new string('[', 40) + new string(']', 40), StringComparison.Ordinal);
        Assert.Contains("not JSON", Read(Fatigue, deep).Finding!.Detail, StringComparison.Ordinal);
        Assert.Contains("UTF-8", Reader.Read(Fatigue, [0x7b, 0xff, 0x7d], 0).Finding!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dm/v1/werk/veh-0001/alert/stress", "fatigue", "fatigue")]
    [InlineData("dm/v1/werk/veh-0001/alert/fatigue", "anger", "fatigue")]
    [InlineData("dm/v1/werk/veh-0001/alert/fatigue", "fatigue", "stress")]
    public void A_tenant_under_eu_work_keeps_no_word_of_an_emotion(string topic, string subject, string kind)
    {
        var body = Raised.Replace("/acme/", "/werk/", StringComparison.Ordinal)
            .Replace("\"subject\":\"fatigue\"", $"\"subject\":\"{subject}\"", StringComparison.Ordinal)
            .Replace("\"kind\":\"fatigue\"", $"\"kind\":\"{kind}\"", StringComparison.Ordinal);
        var reading = Read(topic, body);

        Assert.Equal((EventType.Unknown, EventKind.None, "{}"), (reading.Event!.Type, reading.Event.Kind, reading.Event.Body));
        Assert.DoesNotContain(kind == "fatigue" ? "anger" : kind, reading.Finding!.Detail, StringComparison.Ordinal);
    }

    //   members of an event or its reasons          the lowest level that tells them
    [Theory]
    [InlineData("\"cfg\":\"c41a\"", 1)]
    [InlineData("\"later\":{\"a\":[1,{\"b\":2}]}", 1)]
    [InlineData("\"hr\":\"lost\"", 1)]
    [InlineData("\"why\":[{\"f\":\"perclos\",\"th\":0.2,\"unit\":\"share\"}]", 1)]
    [InlineData("\"why\":[{\"f\":\"perclos\",\"v\":0.42,\"th\":0.2}]", 2)]
    [InlineData("\"why\":[{\"f\":\"perclos\",\"\\u0076\":0.42}]", 2)]
    [InlineData("\"driver\":\"p:9f2c7a11c0de4b55\"", 2)]
    [InlineData("\"bpm\":62", 2)]
    [InlineData("\"HeartRate\":62", 2)]
    [InlineData("\"pos\":[52.1,4.3]", 3)]
    [InlineData("\"gps\":{\"lat\":52.1,\"lon\":4.3}", 3)]
    [InlineData("\"deep\":[[{\"Position\":{\"x\":1}}]]", 3)]
    public void A_tenant_s_level_keeps_out_what_it_does_not_tell(string members, int lowest)
    {
        var body = Raised.Replace("\"why\":[{\"f\":\"eyes_closed\",\"v\":3.1,\"th\":3,\"unit\":\"s\"}],", "", StringComparison.Ordinal)
            .Replace("\"cfg\":\"c41a\"", members, StringComparison.Ordinal);
        foreach (var isOfLaterContract in new[] { false, true })
        {
            var sent = isOfLaterContract ? body.Replace("raised.v1", "raised.v2", StringComparison.Ordinal) : body;
            for (var level = 0; level <= 3; level++)
            {
                var reader = new EventReader(["acme"], [], new Dictionary<string, int> { ["acme"] = level });
                var reading = reader.Read(Fatigue, Encoding.UTF8.GetBytes(sent), 1_795_600_000_000);
                Assert.Equal(48213, reading.Event!.Seq);
                Assert.Equal((level, level >= lowest), (level, reading.Finding is null));
                Assert.Equal((level, level >= lowest), (level, reading.Event.Body.Contains(members, StringComparison.Ordinal)));
                if (level == 0) Assert.Equal((EventType.Unknown, "{}"), (reading.Event.Type, reading.Event.Body));
            }
        }
    }

    [Fact]
    public void A_health_tells_of_the_device_alone()
    {
        var reading = Read("dm/v1/acme/b/health", """{"boot":1,"ver":"1","upS":5,"bpm":61,"gps":{"lat":1}}""");
        Assert.Equal("""{"boot":1,"ver":"1","upS":5}""", ((VehicleContact.Health)reading.Contact!).Body);
        Assert.Contains("not kept", reading.Finding!.Detail, StringComparison.Ordinal);
    }

    /// <summary>
    /// Bytes turned over, taken out and doubled: always an answer, and never an identity that the topic does not give.
    /// </summary>
    [Fact]
    public void Nothing_that_comes_makes_it_fail()
    {
        var random = new Random(17);
        var messages = Examples.Select(line => (line.Split(' ', 2)[0], Encoding.UTF8.GetBytes(line.Split(' ', 2)[1]))).ToArray();
        for (var i = 0; i < (LongForm.IsWanted ? 1_000_000 : 10_000); i++)
        {
            var (topic, body) = messages[random.Next(messages.Length)];
            var reading = Reader.Read(topic, Broken(body, random), 0);
            Assert.True(reading.Event is not null || reading.Contact is not null || reading.Finding is not null);
            Assert.True(reading.Event is null || reading.Event.Vehicle.Vehicle == "veh-0001" && reading.Event.Body.Length <= 8 * 1024);
            var detail = reading.Finding?.Detail ?? "";
            Assert.True(detail.Length <= 200 && !detail.Any(char.IsControl));
        }
    }

    private static byte[] Broken(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                default: bytes[at] = (byte)"\"{}[],:0\\u-e"[random.Next(12)]; break;
            }
        }

        return [.. bytes];
    }

    private static Reading Read(string topic, string body) => Reader.Read(topic, Encoding.UTF8.GetBytes(body), 1_795_600_000_000);
}
