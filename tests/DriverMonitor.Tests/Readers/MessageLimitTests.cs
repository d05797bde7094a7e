using System.Text;
using DriverMonitor.Core;
using DriverMonitor.Core.Commands;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Readers;

/// <summary>
/// Messages from outside with every value at its limits: each reader takes it or refuses it in words, never throws, and what it
/// took can be judged. 20,000 for each reader, 400,000 in the long form.
/// </summary>
public sealed class MessageLimitTests
{
    private const string Head = "\"id\":\"a1\",\"to\":\"veh-0001\",\"ctr\":412,\"exp\":\"2026-11-22T11:25:31Z\",\"kid\":\"ops-1\",\"sig\":\"AAAA\"";

    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["resend"] = """{"from":1,"to":9}""",
        ["hwm"] = """{"epoch":"5f1c9a2e77b04d10","upTo":9,"missing":[[3,4],[7,7]]}""",
        ["config"] = """{"set":{"Mqtt:Privacy":"P0","Mqtt:KeepAlive":"00:00:30","Judgement:Alerts:HintsPerShift":2}}""",
        ["consent-request"] = """{"driver":"anna","modality":"stress"}""",
        ["erase"] = """{"driver":"anna"}""",
        ["export"] = """{"driver":"anna","key":"AAAA"}""",
        ["locate-fault"] = "{}",
        ["certificate"] = """{"certificate":"AAAA"}""",
        ["update"] = """{"version":"0.3.0","percent":25}""",
    };

    public static TheoryData<string> OrderNames => [.. FleetCommand.Names];

    [Theory]
    [MemberData(nameof(OrderNames))]
    public void An_order_is_read_or_refused_by_name(string name)
    {
        var json = new EdgeJson(20261201, $$"""{"name":"{{name}}",{{Head}},"args":{{Arguments[name]}}}""");
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            var reading = CommandReader.Read(json.Next(), name);
            Assert.True(reading.Order is null != reading.Refusal is null);
            if (reading.Order is not { } order) continue;
            taken++;
            Assert.True(order.Counter >= 1 && order.Order.Name == name);
            if (order.Order is FleetCommand.Resend resend)
                Assert.True(resend.From >= 1 && resend.To >= resend.From);
            if (order.Order is FleetCommand.HighWaterMark mark)
                Assert.True(mark.UpTo >= 0 && mark.Missing.All(range => range.From >= 1 && range.To >= range.From));
            if (order.Order is FleetCommand.Configure config)
                foreach (var change in config.Changes)
                    ConfigRules.Check(change);
        }

        Assert.InRange(taken, EdgeJson.Rounds / 1000, EdgeJson.Rounds - 1);
    }

    [Fact]
    public void A_heart_message_is_taken_and_judged_or_refused_in_words()
    {
        var json = new EdgeJson(
            1,
            """{"device":"watch-7","bpm":72,"rr":[812,805],"contact":true,"t":8123456,"scl":4.2,"temp":33.1}""",
            """{"bpm":72,"at":"2026-11-22T11:20:31.123Z"}""",
            """{"rr":[812]}""",
            """{"bpm":72,"t":1e14}""",
            """{"bpm":72,"t":0}""");
        var time = new FakeTimeProvider();
        var heart = new MqttHeart(new HeartSettings(), time);
        var pipeline = new MonitorPipeline(new());
        var began = time.GetTimestamp();
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(i % 100 == 0 ? 7000 : 200));
            heart.Handle(json.Next());
            var now = time.GetElapsedTime(began);
            while (heart.TryRead(now, out var at, out var packet))
            {
                Assert.InRange(at, TimeSpan.Zero, now);
                Assert.True(packet.BeatsPerMinute is null or (>= 30 and <= 240));
                Assert.All(packet.RrMs, rr => Assert.InRange(rr, 0, 64_000));
                pipeline.Step(new(at, Heart: packet));
            }

            if (heart.TakeSkin() is { } skin)
            {
                Assert.True(
                    skin.ConductanceMicrosiemens is null or (>= 0 and <= 100)
                        && skin.TemperatureCelsius is null or (>= 0 and <= 60));
                pipeline.Step(new(now, Skin: skin));
            }
        }

        Assert.InRange(heart.Heard, EdgeJson.Rounds / 10, EdgeJson.Rounds - 1);
        Assert.Equal(EdgeJson.Rounds, heart.Heard + heart.Refused);
    }

    [Fact]
    public void A_vehicle_message_is_taken_and_judged_or_refused_in_words()
    {
        var json = new EdgeJson(
            2,
            """{"speedKmh":62.5,"ignition":true,"steeringDeg":-3.5,"lat":48.1,"lon":11.5}""",
            """{"ignition":false}""",
            """{"speedKmh":0}""");
        var time = new FakeTimeProvider();
        var vehicle = new MqttVehicle(time, keepsPosition: true);
        var pipeline = new MonitorPipeline(new());
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            vehicle.Handle(json.Next());
            var at = TimeSpan.FromSeconds(i);
            if (vehicle.Read(at) is not { } reading) continue;
            AssertIsPossible(reading, fastest: 400);
            pipeline.Step(new(at, Vehicle: reading));
        }

        Assert.InRange(vehicle.Heard, EdgeJson.Rounds / 10, EdgeJson.Rounds - 1);
        Assert.Equal(EdgeJson.Rounds, vehicle.Heard + vehicle.Refused);
    }

    [Fact]
    public void A_line_of_gpsd_is_taken_and_judged_or_passed_over()
    {
        var json = new EdgeJson(3,
            """{"class":"TPV","device":"/dev/ttyUSB0","mode":3,"time":"2026-11-22T11:20:31.000Z","lat":48.1,"lon":11.5,"altHAE":520.1,"speed":17.2,"eps":0.5}""",
            """{"class":"VERSION","release":"3.22","rev":"3.22","proto_major":3}""");
        var time = new FakeTimeProvider();
        var vehicle = new GpsdVehicle(time, keepsPosition: true);
        var pipeline = new MonitorPipeline(new());
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            if (GpsdReport.Read(json.Next()) is not { IsFix: true } report || !vehicle.Handle(report)) continue;
            taken++;
            var at = TimeSpan.FromSeconds(i);
            if (vehicle.Read(at) is not { } reading) continue;
            AssertIsPossible(reading, fastest: 120 * 3.6);
            pipeline.Step(new(at, Vehicle: reading));
        }

        Assert.InRange(taken, EdgeJson.Rounds / 10, EdgeJson.Rounds - 1);
    }

    [Fact]
    public void A_straps_packet_is_decoded_and_judged_or_called_malformed()
    {
        var random = new Random(4);
        var pipeline = new MonitorPipeline(new());
        byte[] edges = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            var bytes = Fuzz.Bytes(random, i % 50 == 0 ? 512 : 24);
            foreach (ref var one in bytes.AsSpan()) one = random.Next(3) == 0 ? one : edges[random.Next(edges.Length)];
            var packet = HeartRatePacketDecoder.Decode(bytes, i % 97 == 0 ? "other" : "strap");
            Assert.True(packet.BeatsPerMinute is null or (>= 30 and <= 240));
            Assert.All(packet.RrMs, rr => Assert.InRange(rr, 0, 64_000));
            pipeline.Step(new(TimeSpan.FromSeconds(i), Heart: packet));
        }
    }

    [Fact]
    public void Every_token_stands_at_its_limit_for_every_value_of_a_message()
    {
        foreach (var token in EdgeJson.Tokens)
        {
            var heart = new MqttHeart(new HeartSettings(), new FakeTimeProvider());
            foreach (var key in new[] { "device", "bpm", "rr", "contact", "t", "at", "scl", "temp" })
                heart.Handle(
                    Encoding.UTF8.GetBytes(
                        $$"""{"bpm":72,"{{key}}":{{token}}}""".Replace("\"bpm\":72,\"bpm\"", "\"bpm\"", StringComparison.Ordinal))
                );
            foreach (var name in FleetCommand.Names)
                Assert.NotNull(CommandReader.Read(Encoding.UTF8.GetBytes($$"""{"a":{{token}}}"""), name).Refusal);
        }
    }

    private static void AssertIsPossible(VehicleReading reading, double fastest)
    {
        Assert.True(reading.SpeedKmh is null || (reading.SpeedKmh >= 0 && reading.SpeedKmh <= fastest), $"{reading}");
        Assert.True(reading.SteeringDegrees is null or (>= -2000 and <= 2000), $"{reading}");
        Assert.True(
            reading.Position is null or { LatitudeDegrees: >= -90 and <= 90, LongitudeDegrees: >= -180 and <= 180 },
            $"{reading}");
    }
}
