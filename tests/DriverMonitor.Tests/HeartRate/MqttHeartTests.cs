using System.Globalization;
using System.Text;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>A heart gateway's messages: what is understood, what is refused, and what a gateway that lies can do.</summary>
public sealed class MqttHeartTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MqttHeart _heart;

    private readonly long _began;

    public MqttHeartTests()
    {
        _heart = new(new HeartSettings(), _time);
        _began = _time.GetTimestamp();
    }

    //  the message, and the packet: device, rate, contact, intervals, flaws
    public static TheoryData<string, string> Understood => new()
    {
        { """{"device":"watch-7","bpm":72,"rr":[812,805],"contact":true}""", "watch-7 72 Detected [812 805] None" },
        { """{"bpm":72}""", "gateway 72 NotSupported [] None" },
        { """{"bpm":71.6}""", "gateway 72 NotSupported [] None" },
        { """{"rr":[812.25]}""", "gateway - NotSupported [812.25] None" },
        { """{"bpm":72,"rr":null,"scl":null}""", "gateway 72 NotSupported [] None" },
        { """{"bpm":0}""", "gateway - NotSupported [] NoPulse" }, // a sensor that feels nothing says 0
        { """{"bpm":29}""", "gateway - NotSupported [] RateOutOfRange" },
        { """{"bpm":241,"rr":[800]}""", "gateway - NotSupported [800] RateOutOfRange" },
        { """{"bpm":72,"rr":[800],"contact":false}""", "gateway - NotDetected [] StrapOff" }, // nothing it says then counts
        { """{"contact":true}""", "gateway - Detected [] None" },
        { """{"bpm":72,"battery":80,"firmware":{"v":[1,2]}}""", "gateway 72 NotSupported [] None" }, // unknown keys are ignored
        { """  {"bpm":72}  """, "gateway 72 NotSupported [] None" },
    };

    [Theory]
    [MemberData(nameof(Understood))]
    public void A_message_becomes_a_packet(string message, string expected)
    {
        Assert.Null(Handle(message));
        Assert.True(_heart.TryRead(TimeSpan.Zero, out _, out var packet));
        Assert.Equal(expected, Describe(packet));
        Assert.Equal((1, 0), (_heart.Heard, _heart.Refused));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("72", "bare number")]
    [InlineData("null", "null")]
    [InlineData("[]", "a list")]
    [InlineData("{}", "says nothing")]
    [InlineData("""{"BPM":72}""", "says nothing")]
    [InlineData("""{"rr":[]}""", "says nothing")]
    [InlineData("""{"bpm":"72"}""", "'bpm' is not of the kind")]
    [InlineData("""{"bpm":true}""", "'bpm' is not of the kind")]
    [InlineData("""{"bpm":-1}""", "'bpm' is not 0")]
    [InlineData("""{"bpm":1001}""", "'bpm' is not 0")]
    [InlineData("""{"bpm":1e400}""", "'bpm'")]
    [InlineData("""{"bpm":NaN}""", "'bpm'")]
    [InlineData("""{"bpm":72,"bpm":180}""", "'bpm' is not of the kind it must be, or comes twice")]
    [InlineData("""{"x":1,"x":2,"bpm":72}""", "every key once")]
    [InlineData("""{"bpm":72}{"bpm":73}""", "not one JSON object")]
    [InlineData("""{"rr":812}""", "'rr' is not of the kind")]
    [InlineData("""{"rr":[812,"805"]}""", "'rr' is not of the kind")]
    [InlineData("""{"rr":[-5]}""", "'rr' holds")]
    [InlineData("""{"rr":[64001]}""", "'rr' holds")]
    [InlineData("""{"contact":1,"bpm":72}""", "'contact' is not of the kind")]
    [InlineData("""{"device":"","bpm":72}""", "'device'")]
    [InlineData("{\"device\":\"a\\nb\",\"bpm\":72}", "'device'")]
    [InlineData("""{"t":-1,"bpm":72}""", "'t' is not")]
    [InlineData("""{"at":"yesterday","bpm":72}""", "'at' is not of the kind")]
    [InlineData("""{"scl":-0.1}""", "'scl' is not")]
    [InlineData("""{"temp":99}""", "'temp' is not")]
    [InlineData("""{"bpm":72,"x":[[[[[[[[[1]]]]]]]]]}""", "not one JSON object")]
    public void A_message_that_cannot_be_is_refused_in_words(string message, string says)
    {
        Assert.Contains(says, Handle(message), StringComparison.Ordinal);
        Assert.False(_heart.TryRead(TimeSpan.Zero, out _, out _));
        Assert.Null(_heart.TakeSkin());
        Assert.Equal((0, 1), (_heart.Heard, _heart.Refused));
    }

    [Fact]
    public void A_message_too_long_or_with_too_many_beats_is_refused()
    {
        Assert.Contains("4096", Handle($$"""{"bpm":72,"x":"{{new string('x', 4090)}}"}"""), StringComparison.Ordinal);
        Assert.Contains("512", Handle($$"""{"rr":[{{string.Join(',', Enumerable.Repeat("800", 513))}}]}"""), StringComparison.Ordinal);
        Assert.Null(Handle($$"""{"rr":[{{string.Join(',', Enumerable.Repeat("800", 512))}}]}"""));
    }

    [Fact]
    public void What_is_said_of_a_flaw_holds_nothing_that_the_sender_wrote() =>
        Assert.DoesNotContain("evil", Handle("""{"evil\u001b[31m":{"bpm":72,}}""")!, StringComparison.Ordinal);

    [Fact]
    public void Unknown_keys_are_counted()
    {
        Handle("""{"bpm":72,"heartrate":72,"battery":80}""");
        Assert.Equal(2, _heart.UnknownKeys);
    }

    [Fact]
    public void Any_bytes_are_survived()
    {
        var random = new Random(20261122);
        var seed =
            """{"device":"watch-7","bpm":72,"rr":[812,805],"contact":true,"at":"2026-11-22T11:20:31Z","t":5000,"scl":4.2,"temp":33.1}"""u8.ToArray();
        for (var i = 0; i < Fuzz.Rounds; i++)
        {
            _heart.Handle(Fuzz.Bytes(random, 64));
            _heart.Handle(Fuzz.Damage(random, seed));
        }

        while (_heart.TryRead(TimeSpan.Zero, out _, out var packet)) Assert.All(packet.RrMs, rr => Assert.InRange(rr, 0, 64_000));
    }

    [Fact]
    public void A_message_counts_from_the_moment_it_came()
    {
        var began = TimeSpan.FromSeconds(100); // the loop's clock began so much later than the gateway's ear
        _time.Advance(began);
        Assert.False(_heart.TryRead(Seconds(0), out _, out _));

        _time.Advance(Seconds(5));
        Handle("""{"bpm":72}""");
        _time.Advance(Seconds(2));

        // The picture that asks is 0.2 s old: that makes the message no older.
        Assert.True(_heart.TryRead(Seconds(6.8), out var at, out _));
        Assert.Equal(5, at.TotalSeconds, 6);
    }

    [Fact]
    public void What_came_before_the_first_picture_is_not_judged()
    {
        Handle("""{"bpm":72}""");
        _time.Advance(Seconds(30));
        Assert.False(_heart.TryRead(Seconds(1), out _, out _));
    }

    [Fact]
    public void A_late_message_is_placed_by_the_devices_own_clock()
    {
        Start();
        Handle("""{"bpm":70,"t":500000}""");
        _time.Advance(Seconds(4));
        Handle("""{"bpm":71,"t":501000}"""); // three seconds on its way
        Handle("""{"bpm":72,"t":504000}"""); // at once

        Assert.Equal("0 1 4", Times());
    }

    [Fact]
    public void The_time_of_day_serves_as_well_and_may_be_wrong_by_years()
    {
        Start();
        Handle("""{"bpm":70,"at":"1970-01-01T00:00:10Z"}""");
        _time.Advance(Seconds(4));
        Handle("""{"bpm":71,"at":"1970-01-01T01:00:12+01:00"}""");

        Assert.Equal("0 2", Times());
    }

    [Fact]
    public void An_hour_old_backlog_is_not_taken_for_now()
    {
        Start();
        Handle("""{"bpm":70,"t":3600000}""");
        _time.Advance(Seconds(1));
        for (var i = 0; i < 20; i++) Handle($$"""{"bpm":150,"t":{{i * 1000}}}""");
        Handle("""{"bpm":71,"t":3601000}""");

        Assert.Equal("0 1", Times());
        Assert.Equal(20, _heart.TooOld);
    }

    [Fact]
    public void Another_device_is_another_clock_and_another_series()
    {
        Start();
        Handle("""{"device":"a","bpm":70,"t":9000000}""");
        _time.Advance(Seconds(1));
        Handle("""{"device":"b","bpm":71,"t":5}""");

        Assert.True(_heart.TryRead(Seconds(1), out _, out var first));
        Assert.True(_heart.TryRead(Seconds(1), out var at, out var second));
        Assert.Equal(("a", "b", 1.0), (first.DeviceId, second.DeviceId, at.TotalSeconds));
    }

    [Fact]
    public void A_flood_keeps_the_newest_and_counts_the_rest()
    {
        for (var i = 0; i < 1000; i++) Handle($$"""{"rr":[{{400 + i}}]}""");

        var read = new List<double>();
        while (_heart.TryRead(TimeSpan.Zero, out _, out var packet)) read.Add(packet.RrMs[0]);
        Assert.Equal((256, 1399, 744), (read.Count, read[^1], _heart.Dropped));
    }

    [Fact]
    public void The_skins_reading_is_given_once_and_the_newest_wins()
    {
        Handle("""{"device":"watch-7","scl":4.2,"temp":33.1}""");
        Handle("""{"device":"watch-7","scl":4.3}""");

        Assert.False(_heart.TryRead(TimeSpan.Zero, out _, out _)); // no word of the heart
        Assert.Equal(new SkinReading(4.3, null, "watch-7"), _heart.TakeSkin());
        Assert.Null(_heart.TakeSkin());
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Start() => _heart.TryRead(TimeSpan.Zero, out _, out _);

    private string? Handle(string message) => _heart.Handle(Encoding.UTF8.GetBytes(message));

    private string Times()
    {
        var times = new List<string>();
        while (_heart.TryRead(_time.GetElapsedTime(_began), out var at, out _)) times.Add(Text(Math.Round(at.TotalSeconds, 3)));
        return string.Join(' ', times);
    }

    private static string Describe(HeartPacket packet) =>
        $"{packet.DeviceId} {(packet.BeatsPerMinute is { } bpm ? Text(bpm) : "-")} {packet.Contact} [{string.Join(' ', packet.RrMs.Select(Text))}] {packet.Flaws}";

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
