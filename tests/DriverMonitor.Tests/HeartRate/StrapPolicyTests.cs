using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.HeartRate.Bluez.Bus;
using DriverMonitor.Time;

namespace DriverMonitor.Tests.HeartRate;

public sealed class StrapPolicyTests
{
    public static TheoryData<string, string> BackOffs => new()
    {
        // how long the pulse held each time, s     waits before the next call, s
        { "",                                       "0.5" },
        { "0 0 0 0 0",                              "0.5 1 2 4 4 4" },
        { "0 0 0 30 0",                             "0.5 1 2 4 0.5 1" },
        { "30 30 30",                               "0.5 0.5 0.5 0.5" },
        { "3 3 3 3",                                "0.5 1 2 4 4" },
    };

    [Theory]
    [MemberData(nameof(BackOffs))]
    public void The_strap_is_called_again_soon_but_not_all_the_time(string held, string waits)
    {
        var backOff = BackOff.OfStrap();
        var actual = new List<double> { backOff.Next().TotalSeconds };
        foreach (var seconds in held.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            backOff.Hold(TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
            actual.Add(backOff.Next().TotalSeconds);
        }

        Assert.Equal(waits, FormattableString.Invariant($"{string.Join(' ', actual)}"));
    }

    [Theory]
    [InlineData("org.bluez.Error.InProgress", "Operation already in progress", "Busy")]
    [InlineData("org.bluez.Error.NotReady", "Resource Not Ready", "Busy")]
    [InlineData("org.bluez.Error.AlreadyConnected", "Already Connected", "Already")]
    [InlineData("org.bluez.Error.AlreadyExists", "Already Exists", "Already")]
    [InlineData("org.bluez.Error.AuthenticationFailed", "Authentication Failed", "Refused")]
    [InlineData("org.bluez.Error.NotPermitted", "Read not permitted", "NeedsBond")]
    [InlineData("org.bluez.Error.NotAuthorized", "", "NeedsBond")]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x05", "NeedsBond")]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0f", "NeedsBond")]
    [InlineData("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0e", "Absent")]
    [InlineData("org.bluez.Error.Failed", "le-connection-abort-by-local", "Absent")]
    [InlineData("org.bluez.Error.Blocked", "Blocked through rfkill", "Blocked")]
    [InlineData("org.freedesktop.DBus.Error.NoReply", "", "Absent")]
    [InlineData("org.freedesktop.DBus.Error.UnknownObject", "", "Absent")]
    public void What_BlueZ_complains_of_is_understood(string name, string text, string fault) =>
        Assert.Equal(fault, StrapFaults.Of(new BusError(name, text)).ToString());

    /// <summary>bluetoothd, or whoever calls itself so, may say anything.</summary>
    [Fact]
    public void Messages_of_any_shape_never_break_the_dialogue()
    {
        var dialogue = new BluezSession(new() { Addresses = ["A0:9E:1A:00:00:0A"] });
        var random = new Random(1);
        object[] values =
        [
            "/",
            "org.bluez.Device1",
            "org.bluez.Adapter1",
            "org.bluez",
            5L,
            true,
            new byte[] { 1 },
            new[] { "a" },
            1.5,
            new object[] { 1L },
            new Dictionary<string, object>(),
            "/org/bluez/hci0",
        ];
        string[] members = ["InterfacesAdded", "InterfacesRemoved", "PropertiesChanged", "NameOwnerChanged", ""];
        ulong cookie = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var now = TimeSpan.FromSeconds(i);
            while (dialogue.Next(now) is not null) dialogue.Sent(++cookie);
            var body = Enumerable.Range(0, random.Next(4)).Select(_ => Value(2)).ToArray();
            dialogue.Handle(
                now,
                new(
                    (BusMessageKind)random.Next(2, 5),
                    $"{values[random.Next(2) * 11]}",
                    $"{values[random.Next(4)]}",
                    members[random.Next(5)],
                    body,
                    (ulong)random.Next((int)cookie + 1)));
        }

        Assert.NotNull(dialogue.Status);

        object Value(int depth) =>
            depth > 0 && random.Next(3) == 0
                ? new Dictionary<string, object>
                {
                    [$"{values[random.Next(3)]}"] = Value(depth - 1),
                    ["Powered"] = true,
                    ["Address"] = "A0:9E:1A:00:00:0A",
                }
                : values[random.Next(values.Length)];
    }
}
