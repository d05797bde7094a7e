using System.Text;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle;

/// <summary>A receiver's sentences become readings, however they are cut, mixed or damaged.</summary>
public sealed class NmeaTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<DateTimeOffset> _told = [];
    private readonly NmeaVehicle _vehicle;

    public NmeaTests() => _vehicle = new(_time, keepsPosition: true, _told.Add);

    public static TheoryData<string, string, VehicleReading?> Sentences => new()
    {
        { "a fix", "GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W", new(22.4 * 1.852, Position: new(48.1173, 11.0 + 31.0 / 60)) },
        { "several systems", "GNRMC,123519.00,A,4807.038,S,01131.000,W,000.0,,230326,,,A", new(0, Position: new(-48.1173, -(11.0 + 31.0 / 60))) },
        { "no fix", "GPRMC,123519,V,,,,,,,230326,,", new(null) },
        { "a fix without a speed", "GPRMC,123519,A,4807.038,N,01131.000,E,,,230326,,", new(null, Position: new(48.1173, 11.0 + 31.0 / 60)) },
        { "a speed that cannot be", "GPRMC,123519,A,,,,,999.9,,230326,,", new(null) },
        { "a speed below nothing", "GPRMC,123519,A,,,,,-3,,230326,,", new(null) },
        { "a place that cannot be", "GPRMC,123519,A,9907.038,N,01131.000,E,10,,230326,,", new(18.52) },
        { "minutes that cannot be", "GPRMC,123519,A,4899.038,N,01131.000,E,10,,230326,,", new(18.52) },
        { "another sentence", "GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,", null },
        { "too few fields", "GPRMC,123519,A", null },
        { "no fields", "GPRMC", null },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_becomes_a_reading(string name, string body, VehicleReading? expected)
    {
        Say($"{Framed(body)}\r\n");
        var reading = _vehicle.Read(default);
        Assert.Equal(name, name);
        Assert.Equal(expected is null, reading is null);
        if (expected is not { } wanted || reading is not { } got) return;
        Assert.Equal(wanted.SpeedKmh ?? -1, got.SpeedKmh ?? -1, precision: 6);
        Assert.Equal(wanted.Position is null, got.Position is null);
        Assert.Equal(wanted.Position?.LatitudeDegrees ?? 0, got.Position?.LatitudeDegrees ?? 0, precision: 4);
        Assert.Equal(wanted.Position?.LongitudeDegrees ?? 0, got.Position?.LongitudeDegrees ?? 0, precision: 4);
    }

    [Theory]
    [InlineData("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W*00\r\n")]
    [InlineData("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W\r\n")]
    [InlineData("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4\r\n")]
    [InlineData("\r\n$\r\n$*\r\n$*00\r\n$$$$*00\r\n")]
    [InlineData("GPRMC,1,A,,,,,10,,230326,,*00\r\n")]
    [InlineData("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230326,003.1,W*ZZ\r\n")]
    public void What_is_cut_or_damaged_says_nothing(string text)
    {
        Say(text);
        Assert.Null(_vehicle.Read(default));
    }

    [Fact]
    public void A_sentence_in_two_pieces_after_half_of_another_is_whole()
    {
        var whole = Framed("GPRMC,123519,A,4807.038,N,01131.000,E,010.0,084.4,230326,003.1,W") + "\r\n";
        Say(whole[..30]);
        Say(whole[..9]);
        Say(whole[9..]);
        Assert.Equal(18.52, _vehicle.Read(default)!.Value.SpeedKmh!.Value, precision: 6);
        Assert.Equal(new DateTimeOffset(2026, 3, 23, 12, 35, 19, TimeSpan.Zero), Assert.Single(_told));
    }

    [Fact]
    public void Bytes_without_end_are_not_kept_and_the_next_sentence_is_heard()
    {
        var noise = new byte[1 << 20];
        Array.Fill(noise, (byte)0xFF);
        _vehicle.Handle(noise);
        Say($"\n{Framed("GPRMC,123519,A,,,,,10,,230326,,")}\n");
        Assert.Equal(18.52, _vehicle.Read(default)!.Value.SpeedKmh!.Value, precision: 6);
    }

    [Fact]
    public void Silence_leaves_the_speed_unknown_and_the_place_is_kept_only_to_be_told()
    {
        var vehicle = new NmeaVehicle(_time, keepsPosition: false);
        vehicle.Handle(Encoding.ASCII.GetBytes(Framed("GPRMC,123519,A,4807.038,N,01131.000,E,10,,230326,,") + "\n"));
        Assert.Equal(new VehicleReading(10 * 1.852), vehicle.Read(default));
        _time.Advance(TimeSpan.FromSeconds(3.1));
        Assert.Equal(new VehicleReading(null), vehicle.Read(default));
    }

    [Fact]
    public async Task A_port_that_is_not_there_is_told_once()
    {
        var (log, stop) = (new ListLogger<DeviceStates>(), new CancellationTokenSource());
        var listener = new NmeaListener(new() { Port = "/dev/no-such-port" }, _vehicle, new DeviceStates(log).Of("nmea"), _time);
        var running = listener.RunAsync(stop.Token);
        await Eventually.Sees("that it is lost", () => log.Lines.Count == 1);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        await running;
        Assert.Contains("there is no such port; is the receiver plugged in?", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private void Say(string text) => _vehicle.Handle(Encoding.Latin1.GetBytes(text));

    private static string Framed(string body) => $"${body}*{body.Aggregate(0, (sum, letter) => sum ^ letter):X2}";
}
