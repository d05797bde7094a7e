using System.Globalization;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Tests.Features;

/// <summary>Infrared light when it is dark, and only while somebody watches.</summary>
public sealed class InfraredLampPolicyTests
{
    public static TheoryData<string, string, string> Evenings => new()
    {
        { "day", "60 lux 5000", "" },
        { "night falls", "10 lux 100; 60 lux 5", "12 on" },
        { "an underpass of a second", "10 lux 500; 1 lux 2; 60 lux 500", "" },
        { "a tunnel", "10 lux 500; 30 lux 2; 60 lux 500", "12 on, 50 off" },
        { "dusk wanders about the limit", "10 lux 9; 5 lux 12; 5 lux 9; 5 lux 25; 60 lux 9", "2 on" },
        { "street lamps pass", "10 lux 2; 3 lux 40; 10 lux 2; 3 lux 40; 10 lux 2", "2 on" },
        { "without a sensor: by the picture", "10 picture 0.4; 30 picture 0.05; 60 picture 0.3", "12 on" },
        { "and daylight on top of it", "30 picture 0.05; 60 picture 0.6", "2 on, 40 off" },
        { "a sensor outweighs the picture", "30 lux 500 picture 0.05", "" },
        { "the camera is closed", "20 lux 2; 60 closed lux 2; 20 lux 2", "2 on, 30 off, 82 on" },
        { "nobody ever watches", "60 closed lux 2", "" },
    };

    [Theory]
    [MemberData(nameof(Evenings))]
    public void An_evening_has_its_light(string name, string evening, string expected)
    {
        var (policy, at, lit, said) = (new InfraredLampPolicy(), 0.0, false, new List<string>());
        foreach (var part in evening.Split("; "))
        {
            var words = part.Split(' ');
            double? Of(string key) =>
                Array.IndexOf(words, key) is >= 0 and var i ? double.Parse(words[i + 1], CultureInfo.InvariantCulture) : null;
            for (var until = at + double.Parse(words[0], CultureInfo.InvariantCulture); at < until; at += 0.5)
            {
                var now = policy.Step(TimeSpan.FromSeconds(at), !words.Contains("closed"), Of("lux"), Of("picture"));
                if (now != lit) said.Add($"{at:0} {(now ? "on" : "off")}");
                lit = now;
            }
        }

        Assert.Equal((name, expected), (name, string.Join(", ", said)));
    }
}
