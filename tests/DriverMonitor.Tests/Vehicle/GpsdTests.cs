using System.Net;
using System.Net.Sockets;
using System.Text;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle;

/// <summary>Speed from gpsd: the real one with gpsfake's receiver, and others that are none.</summary>
public sealed class GpsdTests
{
    [Fact]
    public async Task A_short_drive_with_a_stop_is_heard_to_the_kilometre()
    {
        await using var gpsd = await Gpsd.StartAsync();
        await using var vehicle = new Running(gpsd.Port, keepsPosition: true);

        await Eventually.Sees("no fix", () => vehicle.Read() is { SpeedKmh: null }, withinSeconds: 60);
        await Eventually.Sees("standing", () => vehicle.Read()?.SpeedKmh is < 0.1, withinSeconds: 60);
        VehicleReading? fast = null;
        await Eventually.Sees("50 km/h", () => (fast = vehicle.Read())?.SpeedKmh is > 49.9 and < 50.1, withinSeconds: 60);
        Assert.InRange(fast!.Value.Position!.Value.LatitudeDegrees, 52.1, 52.11);
        await Eventually.Sees("the stop", () => vehicle.Read()?.SpeedKmh is < 0.1, withinSeconds: 60);
        Assert.Contains(vehicle.Log, line => line.Contains("Speed comes from gpsd 3.", StringComparison.Ordinal));
        Assert.Contains(vehicle.Log, line => line.Contains("has a fix", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_it_is_unknown_within_seconds_and_back_when_it_is_back()
    {
        await using var gpsd = await Gpsd.StartAsync();
        await using var vehicle = new Running(gpsd.Port);
        await Eventually.Sees("a speed", () => vehicle.Read() is { SpeedKmh: not null }, withinSeconds: 60);

        await gpsd.KillAsync();
        await Eventually.Sees("that it is unknown", () => vehicle.Read() is { SpeedKmh: null });
        await Eventually.Sees("a word of it", () => vehicle.Log.Any(line => line.Contains("is lost", StringComparison.Ordinal)));

        await gpsd.StartAgainAsync();
        await Eventually.Sees("a speed again", () => vehicle.Read() is { SpeedKmh: not null }, withinSeconds: 60);
        Assert.Single(vehicle.Log, line => line.Contains("is lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nonsense_without_end_is_survived_and_its_sender_asked_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var vehicle = new Running(((IPEndPoint)listener.LocalEndpoint).Port);

        using (var first = await listener.AcceptSocketAsync())
        {
            var noise = new byte[200_000];
            new Random(7).NextBytes(noise);
            noise.AsSpan().Replace((byte)'\n', (byte)' ');
            await SendAsync(first, noise);
        }

        using var second = await listener.AcceptSocketAsync();
        await SendAsync(second, "\n\n{\"class\":\"TPV\",\n[]\nnull\n{\"class\":7}\n{\"class\":\"TPV\",\"mode\":3,\"speed\":10}\n"u8.ToArray());
        await Eventually.Sees("the one good line", () => vehicle.Read()?.SpeedKmh == 36);
    }

    [Theory]
    [InlineData("""{"class":"TPV","mode":3,"speed":10}""", 36.0)]
    [InlineData("""{"class":"TPV","mode":2,"speed":0,"eps":34.1}""", 0.0)]
    [InlineData("""{"class":"TPV","mode":1,"speed":10}""", null)] // a speed without a fix is a guess
    [InlineData("""{"class":"TPV","mode":3}""", null)]
    [InlineData("""{"class":"TPV","mode":3,"speed":-1}""", null)]
    [InlineData("""{"class":"TPV","mode":3,"speed":400}""", null)] // 1440 km/h
    [InlineData("""{"class":"TPV","mode":3,"speed":null}""", null)]
    public void A_report_has_a_speed_only_with_a_fix(string line, double? kmh)
    {
        var report = GpsdReport.Read(Encoding.UTF8.GetBytes(line));
        Assert.True(report?.IsFix);
        Assert.Equal(kmh, report!.SpeedKmh);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("""{"class":"TPV","mode":3,"speed":1""")]
    public void What_is_no_report_is_nothing(string line) => Assert.Null(GpsdReport.Read(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Any_bytes_are_survived()
    {
        var random = new Random(20261122);
        var seed =
            """{"class":"TPV","device":"/dev/pts/1","mode":3,"time":"2026-11-22T10:01:13.000Z","lat":52.1,"lon":4.3,"speed":13.890,"eps":0.6}"""u8.ToArray();
        for (var i = 0; i < Fuzz.Rounds; i++)
        {
            GpsdReport.Read(Fuzz.Bytes(random, 64));
            if (GpsdReport.Read(Fuzz.Damage(random, seed)) is { SpeedKmh: { } speed }) Assert.InRange(speed, 0, 432);
        }
    }

    [Fact]
    public void Of_two_receivers_the_one_with_the_fix_is_kept_until_it_falls_silent()
    {
        var time = new FakeTimeProvider();
        var vehicle = new GpsdVehicle(time, keepsPosition: false);

        Assert.True(vehicle.Handle(Report("a", 3, 10)));
        Assert.False(vehicle.Handle(Report("b", 1, null))); // indoors
        Assert.Equal(new VehicleReading(36), vehicle.Read(default));

        time.Advance(TimeSpan.FromSeconds(4));
        Assert.True(vehicle.Handle(Report("b", 3, 20)));
        Assert.Equal(72, vehicle.Read(default)?.SpeedKmh);
    }

    [Fact]
    public void Half_a_report_does_not_make_the_speed_unknown_but_a_lost_fix_does()
    {
        var vehicle = new GpsdVehicle(new FakeTimeProvider(), keepsPosition: false);

        vehicle.Handle(Report("a", 3, 10));
        vehicle.Handle(Report("a", 3, null));
        Assert.Equal(36, vehicle.Read(default)?.SpeedKmh);

        vehicle.Handle(Report("a", 1, null)); // into a tunnel
        Assert.Equal(new VehicleReading(null), vehicle.Read(default));
    }

    private static GpsdReport Report(string device, int mode, double? speed) =>
        new() { Class = "TPV", Device = device, Mode = mode, Speed = speed, Latitude = 52, Longitude = 4 };

    /// <summary>We hang up on nonsense before its sender is done.</summary>
    private static async Task SendAsync(Socket to, byte[] bytes)
    {
        try
        {
            await to.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // that is what the test is about
        }
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ListLogger<GpsdListener> _log = new();
        private readonly GpsdVehicle _vehicle;
        private readonly Task _task;

        public Running(int port, bool keepsPosition = false)
        {
            _vehicle = new(TimeProvider.System, keepsPosition);
            _task = new GpsdListener(
                new() { Host = "127.0.0.1", Port = port },
                _vehicle.Handle,
                TimeProvider.System,
                _log
            ).RunAsync(_stop.Token);
        }

        public IReadOnlyList<string> Log => _log.Lines;

        public VehicleReading? Read() => _vehicle.Read(default);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _task;
            _stop.Dispose();
        }
    }
}
