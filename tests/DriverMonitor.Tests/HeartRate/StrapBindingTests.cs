using DriverMonitor.HeartRate.Bluez;

namespace DriverMonitor.Tests.HeartRate;

public sealed class StrapBindingTests
{
    private const string A = "A0:9E:1A:00:00:0A", B = "A0:9E:1A:00:00:0B";

    public static TheoryData<string, bool, string?> Files =>
        new()
        {
            { "{}", false, """{"DriverMonitor":{"HeartRate":{"Bluetooth":{"Addresses":["$A"]}}}}""" },
            {
                """{"DriverMonitor":{"Gpio":{"BuzzerLine":4}}}""",
                false,
                """{"DriverMonitor":{"Gpio":{"BuzzerLine":4},"HeartRate":{"Bluetooth":{"Addresses":["$A"]}}}}"""
            },
            {
                """{"DriverMonitor":{"HeartRate":{"File":null,"Bluetooth":{"Addresses":["$B"]}}}}""",
                false,
                """{"DriverMonitor":{"HeartRate":{"File":null,"Bluetooth":{"Addresses":["$A","$B"]}}}}"""
            },
            {
                """{"DriverMonitor":{"HeartRate":{"Bluetooth":{"Addresses":["$B"]}}}}""",
                true,
                """{"DriverMonitor":{"HeartRate":{"Bluetooth":{"Addresses":["$A"]}}}}"""
            },
            {
                """{"DriverMonitor":{"HeartRate":{"Bluetooth":{"Addresses":["$B","a0:9e:1a:00:00:0a"]}}}}""",
                false,
                """{"DriverMonitor":{"HeartRate":{"Bluetooth":{"Addresses":["$A","$B"]}}}}"""
            },
            { """{"DriverMonitor":{ } /* the buzzer is loud */}""", false, null },
            { """{"DriverMonitor":{"HeartRate":5}}""", false, null },
            { "[]", false, null },
            { "", false, null },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_strap_is_written_into_the_settings_and_nothing_else_is_lost(string before, bool only, string? after) =>
        Assert.Equal(
            Fill(after),
            StrapBinding.Bind(Fill(before)!, A, only) is { } text ? string.Concat(text.Where(c => !char.IsWhiteSpace(c))) : null);

    private static string? Fill(string? text) =>
        text?.Replace("$A", A, StringComparison.Ordinal).Replace("$B", B, StringComparison.Ordinal);
}
