using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Tests.Hosting;

/// <summary>When the camera is closed, and when it must be open again. The ignition has to be off for a minute.</summary>
public sealed class CameraSleepTests
{
    //  name                                     when and what is said: on, off, roll (off at 30 km/h), ? (nothing), p (a picture); what is done, from when on
    public static TheoryData<string, string, string> Stories => new()
    {
        { "nothing said, nothing closed",          "0? 3600?",                         "0 Awake" },
        { "ignition on for hours",                 "0on 3600on 7200?",                 "0 Awake" },
        { "off for a minute",                      "0on 10off 69? 70? 100?",           "0 Awake, 70 Closed" },
        { "off and on again in time",              "0off 59on 60? 200?",               "0 Awake" },
        { "off said again and again counts once",  "0off 20off 40off 60off",           "0 Awake, 60 Closed" },
        { "on opens at once, a picture ends it",   "0off 60? 90on 91? 92p 93?",        "0 Awake, 60 Closed, 90 Opening, 92 Awake" },
        { "a camera that does not come is lost",   "0off 60? 90on 95? 95.1?",          "0 Awake, 60 Closed, 90 Opening, 95.1 Awake" },
        { "a picture on its way does not open it", "0off 60? 60.1p 61p",               "0 Awake, 60 Closed" },
        { "it rolls",                              "0off 60? 90roll 91p",              "0 Awake, 60 Closed, 90 Opening, 91 Awake" },
        { "a gateway that fell asleep",            "0off 60? 43200? 43201? 43202p",    "0 Awake, 60 Closed, 43201 Opening, 43202 Awake" },
        { "off again while it opens",              "0off 60? 90on 91off 92? 96? 151?", "0 Awake, 60 Closed, 90 Opening, 96 Awake, 151 Closed" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void The_camera_is_closed_and_opened(string story, string happens, string expected)
    {
        var sleep = new CameraSleep(TimeSpan.FromSeconds(60));
        var changes = new List<string>();
        CameraRest? before = null;
        foreach (var (at, word) in Parse(happens))
        {
            var rest = sleep.Step(TimeSpan.FromSeconds(at), Said(word), word == "p");
            if (rest != before) changes.Add(string.Create(CultureInfo.InvariantCulture, $"{at} {rest}"));
            before = rest;
        }

        Assert.Equal((story, expected), (story, string.Join(", ", changes)));
    }

    [Fact]
    public void Without_the_setting_it_never_closes()
    {
        var sleep = new CameraSleep(null);
        sleep.Step(TimeSpan.Zero, Said("off"), false);
        Assert.Equal(CameraRest.Awake, sleep.Step(TimeSpan.FromHours(5), null, false));
    }

    [Fact]
    public void Forbidden_it_is_closed_at_once_and_opens_when_it_is_allowed_again()
    {
        var sleep = new CameraSleep(null);
        Assert.Equal(CameraRest.Awake, sleep.Step(TimeSpan.FromSeconds(1), null, true));
        Assert.Equal(CameraRest.Closed, sleep.Step(TimeSpan.FromSeconds(2), null, true, isAllowed: false));
        Assert.Equal(CameraRest.Opening, sleep.Step(TimeSpan.FromSeconds(3), null, false));
        Assert.Equal(CameraRest.Awake, sleep.Step(TimeSpan.FromSeconds(4), null, true));
    }

    private static VehicleReading? Said(string word) => word switch
    {
        "on" => new(0, null, true),
        "off" => new(null, null, false),
        "roll" => new(30, null, false),
        _ => null,
    };

    private static IEnumerable<(double At, string Word)> Parse(string happens) => happens.Split(' ').Select(one =>
    {
        var digits = one.TakeWhile(letter => char.IsDigit(letter) || letter == '.').Count();
        return (double.Parse(one.AsSpan(0, digits), CultureInfo.InvariantCulture), one[digits..]);
    });
}
