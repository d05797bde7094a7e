using System.Globalization;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

public class SkinTests
{
    //   name                        seconds, and conductance in each (a straight line where two are named)    what a minute says
    public static TheoryData<string, string, double, string> Series => new()
    {
        { "too short to say", "20s 5", 4, "" },
        { "calm", "70s 5", 4, "5.00, 0.0 a minute" },
        { "half of the minute", "30s 5", 4, "5.00, 0.0 a minute" },
        { "four responses", "15s 5; 2s 5>5.2; 8s 5.2>5; 15s 5>5.3; 5s 5.3>5; 3s 5>5.1; 5s 5.1>5; 2s 5>5.06; 15s 5.06>5", 4, "5.05, 4.0 a minute" },
        { "a rise of 0.04 is none", "30s 5; 2s 5>5.04; 28s 5.04", 4, "5.00, 0.0 a minute" },
        { "noise is none", "10s 5; 1s 5.02; 1s 4.99; 1s 5.02; 1s 4.99; 50s 5", 4, "5.00, 0.0 a minute" },
        { "a slipped electrode is no response", "30s 5; 10s 9; 20s 5", 4, "5.00, 0.0 a minute" },
        { "a quick step is within a second", "30s 5; 1s 5>6; 29s 6", 4, "5.19, 1.0 a minute" },
        { "once a second shows the level only", "70s 5", 1, "5.00" },
        { "an electrode without skin", "70s 0.01", 4, "" },
        { "skin lost for most of the minute", "60s 5; 40s 0.01", 4, "" },
        { "drifts upwards", "60s 5>8", 4, "6.49, 1.0 a minute" },
    };

    [Theory]
    [MemberData(nameof(Series))]
    public void A_minute_of_skin(string name, string script, double perSecond, string expected) =>
        Assert.Equal((name, expected), (name, Text(Read(script, perSecond))));

    [Fact]
    public void A_late_reading_joins_its_own_second_and_is_no_response()
    {
        var skin = new SkinConductanceAnalyzer(new());
        for (var i = 0; i < 240; i++) skin.Add(At(i), new(5, null, "wrist"));
        var before = skin.Step(At(240));
        for (var i = 0; i < 40; i++) skin.Add(At(40 + i), new(7, null, "wrist"));
        var after = skin.Step(At(240));
        Assert.Equal((5.0, before.ResponsesPerMinute), (after.Tonic, after.ResponsesPerMinute));
    }

    [Fact]
    public void Another_sensor_is_another_series()
    {
        var skin = new SkinConductanceAnalyzer(new());
        for (var i = 0; i < 240; i++) skin.Add(At(i), new(i < 120 ? 5 : 5.5, null, i < 120 ? "left" : "right"));
        Assert.Equal(0, skin.Step(At(240)).ResponsesPerMinute);
    }

    private static SkinFeatures Read(string script, double perSecond)
    {
        var skin = new SkinConductanceAnalyzer(new());
        double at = 0;
        foreach (var part in script.Split("; "))
        {
            var words = part.Split(' ');
            var (seconds, ends) = (Number(words[0].TrimEnd('s')), words[1].Split('>'));
            for (var i = 0; i < seconds * perSecond; i++)
            {
                var share = i / (seconds * perSecond);
                skin.Add(
                    TimeSpan.FromSeconds(at + i / perSecond),
                    new(Number(ends[0]) + share * (Number(ends[^1]) - Number(ends[0])), 33, "wrist"));
            }

            at += seconds;
        }

        return skin.Step(TimeSpan.FromSeconds(at - 0.001));
    }

    private static string Text(in SkinFeatures skin) =>
        skin.Tonic is not { } tonic ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{tonic:0.00}{(skin.ResponsesPerMinute is { } r ? $", {Math.Round(r * skin.Seen, 1).ToString("0.0", CultureInfo.InvariantCulture)} a minute" : "")}");

    private static TimeSpan At(int quarter) => TimeSpan.FromSeconds(quarter / 4.0);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
