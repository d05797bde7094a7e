using System.Text;
using DriverMonitor.Core.Can;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using DriverMonitor.Vehicle.Can;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle;

/// <summary>
/// Whatever comes from a bus, a receiver or a database that somebody gave: a reading that can be, or none, and no exception but
/// the one that says which line is wrong.
/// </summary>
public sealed class HostileVehicleTests
{
    private const string Database =
        "VERSION \"\"\nBO_ 256 Wheels: 8 E\n SG_ Speed : 0|16@1+ (0.01,0) [0|400] \"km/h\" X\n SG_ Mode M : 16|4@1+ (1,0) [0|0] \"\" X\n"
        + " SG_ Deep m3 : 24|8@0- (0.5,-4) [0|0] \"\" X\nCM_ SG_ 256 Speed \"a \n comment\";\nBO_ 2566844672 Truck: 8 E\n SG_ Rpm : 7|16@0+ (0.125,0) [0|8000] \"\" X\n";

    private static readonly CanSettings All = new()
    {
        Interface = "can0",
        ObdRequests = true,
        Signals = new()
        {
            ["Speed"] = "0x100 0|64@1- (1e300,-1e300)",
            ["Steering"] = "0x101 7|64@0- (0.1,0)",
            ["Ignition"] = "0x102 0|4@1+ =4,5",
            ["IndicatorLeft"] = "0x103 0|1@1+",
            ["IndicatorRight"] = "0x103 1|1@1+",
            ["Wipers"] = "0x104 63|1@1+",
            ["Door"] = "0x105 0|64@1+ (0.000001,0)",
        },
    };

    [Fact]
    public void Frames_of_any_bytes_become_readings_that_can_be()
    {
        var (random, vehicle) = (new Random(1), new CanVehicle(CanSignals.Of(All), new FakeTimeProvider()));
        for (var i = 0; i < Fuzz.Rounds; i++)
        {
            var id = random.Next(4) == 0 ? (uint)random.Next(0x7E8, 0x7F0) : (uint)random.Next(0x100, 0x108);
            var data = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            vehicle.Handle(new(new(id, random.Next(8) == 0), data, random.Next(0, 9)));
            Check(vehicle.Read(default));
        }
    }

    [Fact]
    public void Sentences_of_any_bytes_become_readings_that_can_be()
    {
        var (random, vehicle) = (new Random(2), new NmeaVehicle(new FakeTimeProvider(), keepsPosition: true));
        var sound = Encoding.ASCII.GetBytes("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W*69\r\n");
        for (var i = 0; i < Fuzz.Rounds; i++)
        {
            vehicle.Handle(i % 3 == 0 ? Fuzz.Bytes(random, 200) : WithSum(Fuzz.Damage(random, sound)));
            Check(vehicle.Read(default));
        }
    }

    [Fact]
    public void A_damaged_database_is_read_or_refused_in_one_line()
    {
        var (random, sound) = (new Random(3), Encoding.UTF8.GetBytes(Database));
        for (var i = 0; i < Fuzz.Rounds; i++)
        {
            var text = Encoding.UTF8.GetString(i % 5 == 0 ? Fuzz.Bytes(random, 400) : Fuzz.Damage(random, sound));
            try
            {
                var file = DbcFile.Parse(text);
                file.Find("Speed").Read(new(new(256, IsExtended: false), ulong.MaxValue, 8));
            }
            catch (FormatException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.InRange(e.Message.Length, 1, 400);
            }
        }
    }

    [Fact]
    public void A_damaged_signal_is_read_or_refused_in_one_line()
    {
        var (random, sound) = (new Random(4), Encoding.UTF8.GetBytes("0x18FEF100 8|16@1+ (0.00390625,0) [0|250.996] =1,2"));
        for (var i = 0; i < Fuzz.Rounds; i++)
        {
            try
            {
                CanSignalText.Parse(Encoding.UTF8.GetString(Fuzz.Damage(random, sound)))
                    .Read(new(new(0x18FEF100, IsExtended: true), 0xFEDCBA9876543210, 8));
            }
            catch (FormatException e)
            {
                Assert.InRange(e.Message.Length, 1, 400);
            }
        }
    }

    [Fact]
    public void A_damaged_log_line_is_a_frame_or_nothing()
    {
        var (random, sound) = (new Random(5), Encoding.UTF8.GetBytes("(1764500000.123456) can0 18FEF100#8813001122334455"));
        for (var i = 0; i < Fuzz.Rounds; i++)
            if (CandumpLine.Parse(Encoding.UTF8.GetString(Fuzz.Damage(random, sound))) is var (at, frame))
                Assert.True(at >= TimeSpan.Zero && frame.Length is >= 0 and <= CanFrame.MostBytes);
    }

    private static void Check(VehicleReading? reading)
    {
        if (reading is not { } said) return;
        Assert.InRange(said.SpeedKmh ?? 0, 0, 1000);
        Assert.InRange(said.SteeringDegrees ?? 0, -2000, 2000);
        Assert.InRange(said.Position?.LatitudeDegrees ?? 0, -90, 90);
        Assert.InRange(said.Position?.LongitudeDegrees ?? 0, -180, 180);
    }

    /// <summary>With the sum that it should have: damage that no sum finds.</summary>
    private static byte[] WithSum(byte[] sentence)
    {
        var star = Array.IndexOf(sentence, (byte)'*');
        if (star < 1 || star + 3 > sentence.Length) return sentence;
        var sum = sentence[1..star].Aggregate(0, (all, one) => all ^ one);
        Encoding.ASCII.GetBytes($"{sum:X2}").CopyTo(sentence, star + 1);
        return sentence;
    }
}
