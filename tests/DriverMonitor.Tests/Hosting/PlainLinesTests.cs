using DriverMonitor.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace DriverMonitor.Tests.Hosting;

public sealed class PlainLinesTests
{
    //   what is logged, and where                                              the line in the journal
    public static TheoryData<LogLevel, string, string, string> Lines => new()
    {
        { LogLevel.Warning,     "DriverMonitor.Gpio.Buzzer", "NO BUZZER",        "<4>Gpio: NO BUZZER" },
        { LogLevel.Information, "DriverMonitor.Host.LogSink", "Status: Dark (null)", "<6>Host: Status: Dark" },
        { LogLevel.Critical,    "DriverMonitor.Gpio.Cab", "one\ntwo",           "<2>Gpio: one two" },
        { LogLevel.Error,       "Microsoft.AspNetCore.Server.Kestrel", "no",     "<3>Kestrel: no" },
        { LogLevel.Debug,       "DriverMonitor.Mqtt.MqttLink", "a \u001b[2J b", "<7>Mqtt: a \\x1b[2J b" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_has_its_priority_and_its_part_and_nothing_else(
        LogLevel level, string category, string message, string line)
    {
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddPlainLines(hasPriorities: true))
            .BuildServiceProvider();
        var written = new StringWriter();
        services.GetServices<ConsoleFormatter>().OfType<PlainLines>().Single().Write(
            new LogEntry<string>(level, category, new EventId(1572034332), message, null, (text, _) => text), null, written);
        Assert.Equal(line, written.ToString().TrimEnd('\n'));
    }
}
