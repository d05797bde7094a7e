using System.Globalization;
using DriverMonitor.HeartRate;

namespace DriverMonitor.Tests.HeartRate;

public sealed class DeviceClockTests
{
    //  what happens      arrival@stamp of each message, in seconds              where each is placed ("-": too old)
    public static TheoryData<string, string, string> Stories => new()
    {
        { "in time",          "0@1000 1@1001 2@1002",                              "0 1 2" },
        { "one is late",      "0@1000 5@1001 5@1005",                              "0 1 5" },
        { "one is overtaken", "0@1000 2@1002 2.5@1001",                            "0 2 1" },
        { "the first was late and the second shows it", "0@1000 0.5@1001.5 1@1002", "0 0.5 1" },
        { "half a minute without a network, then all at once", "0@1000 30@1001 30@1010 30@1029 30@1030", "0 1 10 29 30" },
        { "a backlog of an hour",  "0@5000 1@1400 1@1401 1@1402 2@5002",           "0 - - - 2" },
        { "the watch was set back an hour", "0@5000 1@1401 2@1402 5@1405 6@1406 7@1407", "0 - - - 6 7" },
        { "the watch was set ahead an hour", "0@1000 1@4601 2@4602 6@4606 7@4607", "0 1 2 6 7" },
        { "one stamp from the future", "0@1000 1@9999 2@1002 3@1003",              "0 1 2 3" },
        { "the device started anew", "0@9000 1@0 3@2 6@5 7@6",                     "0 - - 6 7" },
        { "its clock loses a second a minute", "0@0 60@59 120@118 180@177 240@236", "0 59 119 179 239" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void A_message_is_placed_where_the_device_says(string story, string messages, string expected)
    {
        var clock = new DeviceClock();
        var placed = messages
            .Split(' ')
            .Select(message => message.Split('@'))
            .Select(pair => clock.Place(Seconds(pair[0]), Seconds(pair[1])));

        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(' ', placed.Select(at => at is { } on ? Math.Round(on.TotalSeconds, 3).ToString(CultureInfo.InvariantCulture) : "-"))}");
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
}
