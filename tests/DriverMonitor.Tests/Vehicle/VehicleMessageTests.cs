using System.Text;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle;

/// <summary>A vehicle gateway's messages, and what is known when they stop.</summary>
public sealed class VehicleMessageTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MqttVehicle _vehicle;

    public VehicleMessageTests() => _vehicle = new(_time, keepsPosition: false);

    public static TheoryData<string, VehicleReading> Understood => new()
    {
        { """{"speedKmh":62.5,"ignition":true,"steeringDeg":-3.5}""", new(62.5, -3.5, true) },
        { """{"speedKmh":0}""", new(0) },
        { """{"ignition":false}""", new(null, null, false) },
        { """{"speedKmh":50,"lat":52.1,"lon":4.3}""", new(50) }, // where, nobody may know
        { """{"speedKmh":50,"rpm":2100}""", new(50) },
        { """{"speedKmh":null,"steeringDeg":4}""", new(null, 4) },
    };

    [Theory]
    [MemberData(nameof(Understood))]
    public void A_message_becomes_a_reading(string message, VehicleReading expected)
    {
        Assert.Null(Handle(message));
        Assert.Equal(expected, _vehicle.Read(default));
        Assert.Null(_vehicle.Read(default)); // nothing new
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\ufeff{\"speedKmh\":50}", "byte order mark")]
    [InlineData("{\"speedKmh\":50}\0", "NUL")]
    [InlineData("50", "bare number")]
    [InlineData("\"50\"", "bare text")]
    [InlineData("[50]", "a list")]
    [InlineData("true", "does not begin with '{'")]
    [InlineData("{}", "says nothing")]
    [InlineData("""{"speed":50}""", "says nothing")]
    [InlineData("""{"speedKmh":-1}""", "'speedKmh' is not 0")]
    [InlineData("""{"speedKmh":401}""", "'speedKmh' is not 0")]
    [InlineData("""{"speedKmh":"50"}""", "'speedKmh' is not of the kind")]
    [InlineData("""{"speedKmh":0,"speedKmh":90}""", "comes twice")]
    [InlineData("""{"ignition":"on"}""", "'ignition' is not of the kind")]
    [InlineData("""{"steeringDeg":2001}""", "'steeringDeg'")]
    [InlineData("""{"lat":52.1}""", "go together")]
    [InlineData("""{"lat":91,"lon":0}""", "'lat' is not")]
    public void A_message_that_cannot_be_is_refused_in_words(string message, string says)
    {
        Assert.Contains(says, Handle(message), StringComparison.Ordinal);
        Assert.Null(_vehicle.Read(default));
        Assert.Equal(1, _vehicle.Refused);
    }

    [Fact]
    public void Any_bytes_are_survived()
    {
        var random = new Random(20261122);
        var seed = """{"speedKmh":62.5,"ignition":true,"steeringDeg":-3.5,"lat":52.1,"lon":4.3}"""u8.ToArray();
        for (var i = 0; i < Fuzz.Rounds; i++)
        {
            _vehicle.Handle(Fuzz.Bytes(random, 64));
            _vehicle.Handle(Fuzz.Damage(random, seed));
            if (_vehicle.Read(default) is { SpeedKmh: { } speed }) Assert.InRange(speed, 0, 400);
        }
    }

    [Fact]
    public void Where_it_is_may_be_known_only_at_the_level_that_tells_it()
    {
        var told = new MqttVehicle(_time, keepsPosition: true);
        told.Handle("""{"speedKmh":50,"lat":52.1,"lon":4.3}"""u8);
        Assert.Equal(new GeoPosition(52.1, 4.3), told.Read(default)?.Position);
    }

    [Fact]
    public void Three_seconds_of_silence_make_the_speed_unknown_once()
    {
        Handle("""{"speedKmh":30}""");
        Assert.Equal(30, _vehicle.Read(default)?.SpeedKmh);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(_vehicle.Read(default));

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(new VehicleReading(null), _vehicle.Read(default));
        Assert.Null(_vehicle.Read(default));

        Handle("""{"speedKmh":31}""");
        Assert.Equal(31, _vehicle.Read(default)?.SpeedKmh);
    }

    [Fact]
    public void A_reading_that_nobody_took_in_time_is_not_given_as_if_it_were_new()
    {
        Handle("""{"speedKmh":0}""");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new VehicleReading(null), _vehicle.Read(default));
    }

    [Fact]
    public void A_gateway_that_fell_asleep_with_the_vehicle_is_believed()
    {
        Handle("""{"speedKmh":0,"ignition":false}""");
        Assert.True(_vehicle.Read(default)?.IsOff);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(_vehicle.Read(default)); // its last word stands
    }

    [Fact]
    public void A_gateway_that_says_off_at_speed_is_not()
    {
        Handle("""{"speedKmh":80,"ignition":false}""");
        Assert.False(_vehicle.Read(default)?.IsOff);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(new VehicleReading(null), _vehicle.Read(default));
    }

    private string? Handle(string message) => _vehicle.Handle(Encoding.UTF8.GetBytes(message));
}
