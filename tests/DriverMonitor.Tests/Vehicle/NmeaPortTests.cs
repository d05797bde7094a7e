using System.Text;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Vehicle;

/// <summary>A receiver on a serial port of the kernel's: plugged in, pulled out, back, noisy, silent. One line each.</summary>
public sealed class NmeaPortTests : IAsyncDisposable
{
    private readonly ListLogger<DeviceStates> _log = new();
    private readonly PseudoTerminal _receiver = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly NmeaVehicle _vehicle = new(TimeProvider.System, keepsPosition: false);
    private Task _listening = Task.CompletedTask;

    [Fact]
    public async Task A_receiver_that_is_pulled_out_and_plugged_in_again_is_told_once_each_and_heard_again()
    {
        _receiver.PlugIn();
        Listen();
        await Hears(knots: 10);
        _receiver.PullOut();
        await Told("is the receiver plugged in?", lines: 2);
        _receiver.PlugIn();
        await Hears(knots: 20);
        await Told("a receiver speaks", lines: 3);
    }

    [Fact]
    public async Task Halves_noise_and_haste_on_the_port_cost_no_whole_sentence()
    {
        _receiver.PlugIn();
        Listen();
        var noise = new byte[3000];
        new Random(7).NextBytes(noise);
        await Hears(knots: 10);
        for (var knots = 11; knots < 40; knots++)
        {
            var sentence = Sentence(knots);
            _receiver.Send(noise.AsSpan(0, 100 * (knots - 10)));
            _receiver.Send(sentence.AsSpan(0, knots));
            _receiver.Send("\r\n"u8);
            _receiver.Send(sentence.AsSpan(0, knots));
            _receiver.Send(sentence.AsSpan(knots));
            for (var i = 0; i < 20; i++) _receiver.Send(sentence);
            await Hears(knots);
        }

        await Told("a receiver speaks", lines: 1);
    }

    [Theory]
    [InlineData("not for this rate", "\u00f8\u0080\u00fe\u0006\r\n", "what it sends is no NMEA; check Vehicle:Nmea:BaudRate")]
    [InlineData("nothing", "", "it is silent; check its cable and Vehicle:Nmea:BaudRate")]
    public async Task What_is_no_receiver_is_told_once(string sends, string bytes, string told)
    {
        _receiver.PlugIn();
        var time = new FakeTimeProvider();
        Listen(time);
        await Eventually.Sees($"what sends {sends}", () =>
        {
            if (bytes.Length > 0) _receiver.Send(Encoding.Latin1.GetBytes(bytes));
            time.Advance(TimeSpan.FromMilliseconds(200));
            return _log.Lines.Any(line => line.Contains(told, StringComparison.Ordinal));
        });
        Assert.Single(_log.Lines, line => line.Contains(told, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _receiver.Dispose();
        await _listening;
        _stop.Dispose();
    }

    private void Listen(TimeProvider? time = null) => _listening = new NmeaListener(
        new() { Port = _receiver.Port }, _vehicle, new DeviceStates(_log).Of("nmea"), time ?? TimeProvider.System)
        .RunAsync(_stop.Token);

    private Task Hears(int knots) => Eventually.Sees($"{knots} knots", () =>
    {
        // Said again: what comes before the port is open is lost.
        _receiver.Send(Sentence(knots));
        return _vehicle.Read(default)?.SpeedKmh is { } kmh && Math.Abs(kmh - knots * 1.852) < 0.01;
    });

    private async Task Told(string words, int lines)
    {
        await Eventually.Sees($"\"{words}\" as line {lines}", () => _log.Lines.Count >= lines);
        Assert.Equal(lines, _log.Lines.Count);
        Assert.Contains(words, _log.Lines[^1], StringComparison.Ordinal);
    }

    private static byte[] Sentence(int knots)
    {
        var body = $"GPRMC,123519,A,4807.038,N,01131.000,E,{knots:000}.0,084.4,230326,003.1,W";
        return Encoding.ASCII.GetBytes($"${body}*{body.Aggregate(0, (sum, letter) => sum ^ letter):X2}\r\n");
    }
}
