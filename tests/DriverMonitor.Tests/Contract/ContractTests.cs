using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Commands;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Contract;

/// <summary>
/// The contract as files: what the real writers write is what the examples show, and every example, also an old one, fits the
/// schemas. After a change on purpose: EXAMPLES_WRITE=1 writes the newest examples anew.
/// </summary>
public sealed class ContractTests
{
    private const string Newest = "1.0";

    /// <summary>PKCS #10 of veh-0001; its signature is random, so it is not made anew.</summary>
    private const string ExampleRequest =
        "MIHOMHUCAQAwEzERMA8GA1UEAwwIdmVoLTAwMDEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARRg5KGchjpn/4Is6h9iQKmNfOnW8jmm7ot6n8qgBVW0dTNY6DxHFBLRQUf26tf6VSVMV9GorC+AmLGKi4IRxv8oAAwCgYIKoZIzj0EAwIDSQAwRgIhAIGsvmu5etdCY+r1Rb+zWpINdhh6JvNF0+MyKK9wnIi5AiEAxTQPMIAXlszt31CL9uw6sPGPACU9+fSl/+oSQhtutU4=";

    private static readonly WireIdentity Who = new("acme", "veh-0001", 0x5f1c9a2e77b04d10, 7, "1.2.0", WireLevel.P2);
    private static readonly Topics Topics = new("acme", "veh-0001");
    private static readonly TimeSpan At = TimeSpan.FromMilliseconds(8123456);
    private static readonly WireSenses Senses = new("ok", "lost");

    [Fact]
    public void The_newest_examples_are_what_the_program_writes()
    {
        var file = Path.Combine(Support.Schemas.Folder, "examples", $"events-{Newest}.txt");
        var written = Examples().ToList();
        if (Environment.GetEnvironmentVariable("EXAMPLES_WRITE") == "1") File.WriteAllLines(file, written);

        Assert.Equal(written, File.ReadAllLines(file));
    }

    [Fact]
    public Task Every_example_fits_the_schemas() => Support.Schemas.Fit(Files().SelectMany(File.ReadAllLines));

    [Theory]
    [InlineData("dm/v1/a/b/status", """{"st":"online","boot":0,"epoch":"5f1c9a2e77b04d10","ver":"1","privacy":"P1"}""")]
    [InlineData("dm/v1/a/b/status", """{"st":"asleep","boot":1,"epoch":"5f1c9a2e77b04d10","ver":"1","privacy":"P1"}""")]
    [InlineData("dm/v1/a/b/state", """{"seq":1,"boot":1,"alert":5,"risk":{},"hr":"ok","cam":"ok","q":{},"drop":{}}""")]
    [InlineData(
        "dm/v1/a/b/cmd/mute",
        """{"args":{},"ctr":1,"exp":"2026-11-22T11:25:31Z","id":"a","kid":"ops-1","name":"mute","sig":"MEUC","to":"b"}"""
    )]
    [InlineData(
        "dm/v1/a/b/cmd/erase",
        """{"args":{"driver":"anna","all":true},"ctr":1,"exp":"2026-11-22T11:25:31Z","id":"a","kid":"ops-1","name":"erase","sig":"MEUC","to":"b"}"""
    )]
    [InlineData("dm/v1/a/b/in/heart", """{"device":"watch-7"}""")]
    [InlineData("dm/v1/a/b/in/vehicle", """{"speedKmh":-5}""")]
    [InlineData("dm/v1/a/b/in/vehicle", """{"lat":52.1}""")]
    [InlineData("dm/v1/a/b/alert/fatigue", """{"hello":"world"}""")]
    public async Task What_does_not_fit_is_said(string topic, string body) =>
        await Assert.ThrowsAnyAsync<Exception>(() => Support.Schemas.Fit([$"{topic} {body}"]));

    [Fact]
    public void Example_orders_are_signed_with_the_example_key_and_read()
    {
        var lines = ExampleOrders().ToList();

        Assert.Equal(FleetCommand.Names, lines.Select(line => line.Split(' ')[0].Split('/')[^1]));
        foreach (var line in lines)
        {
            var parts = line.Split(' ', 2);
            var order = CommandReader.Read(Encoding.UTF8.GetBytes(parts[1]), parts[0].Split('/')[^1]).Order!;
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(Path.Combine(Support.Schemas.Folder, "examples", $"{order.KeyId}.pem")));
            Assert.True(
                key.VerifyData(
                    order.Canonical.AsSpan(),
                    order.Signature.AsSpan(),
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.Rfc3279DerSequence),
                line);
        }
    }

    [Theory]
    [InlineData("jq", "-cjS", "del(.sig)")]
    [InlineData("/usr/bin/python3", "-c", "import json,sys; o=json.load(sys.stdin); del o['sig']; print(end=json.dumps(o, sort_keys=True, separators=(',', ':')))")]
    public async Task Other_tools_write_an_order_down_for_signing_with_the_same_bytes(params string[] command)
    {
        foreach (var line in ExampleOrders())
        {
            var parts = line.Split(' ', 2);
            using var tool = Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true }
            )!;
            await tool.StandardInput.WriteAsync(parts[1]);
            tool.StandardInput.Close();
            var written = await tool.StandardOutput.ReadToEndAsync();

            var order = CommandReader.Read(Encoding.UTF8.GetBytes(parts[1]), parts[0].Split('/')[^1]).Order!;
            Assert.Equal(Encoding.UTF8.GetString(order.Canonical.AsSpan()), written);
        }
    }

    [Fact]
    public void The_document_of_the_whole_names_only_what_exists_and_all_that_does()
    {
        var folder = Support.Schemas.Folder;
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "asyncapi.json")))!;
        var pointers = References(document).ToList();

        Assert.Equal("3.0.0", document["asyncapi"]!.GetValue<string>());
        Assert.All(pointers.Where(to => to.StartsWith('.')), to => Assert.True(File.Exists(Path.Combine(folder, to)), to));
        Assert.All(
            pointers.Where(to => to.StartsWith('#')),
            to => Assert.NotNull(to[2..].Split('/').Aggregate(document, (at, step) => at[step]!)));
        Assert.Equal(
            Directory.GetFiles(folder, "*.schema.json").Select(file => "./" + Path.GetFileName(file)).Order(),
            pointers.Where(to => to.StartsWith('.')).Distinct().Order());

        var addresses = document["channels"]!.AsObject().Select(one => one.Value!["address"]!.GetValue<string>()).ToList();
        Assert.All(
            Files().SelectMany(File.ReadAllLines).Select(line => line.Split(' ')[0]),
            topic => Assert.Contains(addresses, address => Fits(topic, address)));
    }

    private static IEnumerable<string> Files() =>
        Directory.GetFiles(Path.Combine(Support.Schemas.Folder, "examples"), "*.txt").Order();

    private static IEnumerable<string> ExampleOrders() =>
        Files().Where(file => Path.GetFileName(file).StartsWith("orders-", StringComparison.Ordinal)).SelectMany(File.ReadAllLines);

    private static bool Fits(string topic, string address) =>
        topic.Split('/') is var given
        && address.Split('/') is var wanted
        && given.Length == wanted.Length
        && given.Zip(wanted).All(pair => pair.First == pair.Second || pair.Second.StartsWith('{'));

    private static IEnumerable<string> References(JsonNode node) =>
        node switch
        {
            JsonObject all => all.SelectMany(one =>
                one.Key == "$ref" ? [one.Value!.GetValue<string>()]
                : one.Value is null ? []
                : References(one.Value)),
            JsonArray all => all.SelectMany(one => one is null ? [] : References(one)),
            _ => [],
        };

    /// <summary>Topic and body of everything a vehicle says, by the writers that the program uses.</summary>
    private static IEnumerable<string> Examples()
    {
        var seq = 48_212L;
        var raised = new MonitorEvent.Alert(
            At,
            AlertPhase.Raised,
            AlertRule.EyesClosed,
            AlertLevel.Alarm,
            [new("eyes_closed", 3.1, 3, "s")],
            0.87,
            0.91);
        yield return Line(
            Topics.Alert("fatigue"),
            WireEvent.Alert(Who, Stamp(), raised, "7-0412", "sleep-alarm", Senses, new("face@1.2.0", "c41a"), "7-2"));
        yield return Line(
            Topics.Alert("fatigue"),
            WireEvent.Alert(
                Who,
                Stamp(),
                raised with
                {
                    Phase = AlertPhase.Escalated,
                    Level = AlertLevel.Emergency,
                },
                "7-0412",
                "trill",
                Senses,
                new("face@1.2.0", "c41a")));
        yield return Line(
            Topics.Alert("fatigue"),
            WireEvent.Alert(
                Who,
                Stamp(),
                raised with
                {
                    Phase = AlertPhase.Cleared,
                    Why = [],
                    Score = null,
                    Confidence = null,
                },
                "7-0412",
                null,
                Senses,
                default));
        yield return Line(
            Topics.Alert("fatigue"),
            WireEvent.Dispute(
                Who, Stamp(), new(At, AlertRule.EyesClosed, AlertLevel.Alarm, At - TimeSpan.FromSeconds(4)), "7-0412"));
        yield return Line(
            Topics.Alert("driver-state"),
            WireEvent.Alert(
                Who with
                {
                    NamesEmotions = false,
                },
                Stamp(),
                raised with
                {
                    Rule = AlertRule.Stress,
                    Level = AlertLevel.Notice,
                },
                "7-0413",
                null,
                Senses,
                default));
        yield return Line(
            Topics.Alert("device"), WireEvent.Status(Who, Stamp(), new(At, StatusKind.CameraCovered, "the lens is dark")));
        yield return Line(Topics.Alert("device"), WireUpkeep.Gap(Who, Stamp(), At, new(100, 140), 41, 1, "quota"));
        yield return Line(Topics.Alert("device"), WireUpkeep.Replaced(Who, Stamp(), At, 0x1b2c3d4e5f607182));
        yield return Line(Topics.Alert("device"), WireUpkeep.ClockFix(Who, Stamp(), At));
        yield return Line(
            Topics.OrderAnswer("erase"), WireAnswer.Answer(Who, Stamp(), At, new("01j9", "erase", Ok: true, Detail: "2 files")));
        yield return Line(
            Topics.OrderAnswer("unknown"),
            WireAnswer.Answer(Who, Stamp(), At, CommandAnswer.Refused("01ja", "unknown", CommandRefusal.UnknownOrder, "name")));
        yield return Line(
            Topics.OrderAnswer("locate-fault"),
            WireAnswer.Answer(
                Who, Stamp(), At, new("01jb", "locate-fault", Ok: true, Detail: "not all is well")
                {
                    Lines = ["ok    models         3 models", "FAIL  camera         lost"],
                    IsRepeated = true,
                }
            ));
        yield return Line(Topics.Audit, WireAnswer.Erased(Who, Stamp(), At, "p:9f2c7a11c0de4b55", 2));
        yield return Line(Topics.Audit, WireAnswer.AuditHead(Who, Stamp(), At, 7, new string('5', 64)));
        yield return Line(Topics.Status, WirePresence.Online(Who with { Camera = "pi-camera" }));
        yield return Line(Topics.Status, WirePresence.Offline(Who));
        yield return Line(Topics.Status, WirePresence.Lost(Who));
        yield return Line(
            Topics.State,
            new WireState(
                9,
                0,
                [new("fatigue", 0.12)],
                Senses,
                3,
                TimeSpan.FromSeconds(12),
                0,
                EyesOnRoad: true,
                BeatsPerMinute: 61.6
            ).Write(Who));
        yield return Line(
            Topics.Health, new WireHealth(TimeSpan.FromHours(2), 108_000, 101_200, 7_190, 3, 2, 0, 3, 0).Write(Who));
        yield return Line(
            Topics.Trip,
            new WireTrip(
                2,
                At,
                TimeSpan.FromMinutes(95),
                IsParked: true,
                [new("fatigue", 2)],
                [new("fatigue", 0.93)],
                0.88
            ).Write(Who, Stamp(), "p:9f2c7a11c0de4b55"));
        yield return Line(
            Topics.Audit,
            WireAnswer.CertificateRequest(
                Who, Stamp(), At, Convert.FromBase64String(ExampleRequest), new(2026, 12, 22, 9, 0, 0, TimeSpan.Zero)));

        WireStamp Stamp() => new(++seq, new(2026, 11, 22, 11, 20, 31, 123, TimeSpan.Zero), WireClock.Synced);
    }

    private static string Line(string topic, byte[] body) => $"{topic} {Encoding.UTF8.GetString(body)}";
}
