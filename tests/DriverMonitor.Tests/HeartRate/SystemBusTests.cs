using System.Globalization;
using System.Net.Sockets;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.HeartRate.Bluez.Bus;
using DriverMonitor.Tests.HeartRate.Bluetoothd;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>What comes in over a real bus, before anybody makes sense of it.</summary>
public sealed class SystemBusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Nap = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_value_of_every_type_arrives_as_it_was_sent()
    {
        await using var bluez = await FakeBluez.StartAsync();
        using var bus = Open(bluez.Address);
        await bluez.Report("types");

        var signal = Receive(bus, message => message.Path == "/org/bluez/odd");
        var values = Assert.IsType<Dictionary<string, object>>(signal.Body[1]);
        Assert.Equal(4 << 20, Assert.IsType<byte[]>(values["large"]).Length);
        values.Remove("large");
        Assert.Equal(
            """
            arrays: ((x) ())
            by number: {7: seven}
            byte: 255
            bytes: 00FF
            empty: {}
            infinity: Infinity
            int16: -32768
            int32: -2147483648
            int64: -9223372036854775808
            nan: NaN
            nested: core
            numbers: (1 2)
            path: /a/b
            signature: a{sv}
            struct: (1 one (True))
            text: Herz ♥
            texts: (a b)
            uint16: 65535
            uint32: 4294967295
            uint64: -1
            yes: True
            """,
            string.Join('\n', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(Show)));
    }

    [Theory]
    [InlineData("RequestAuthorization", "/org/bluez/hci0/dev_A0_9E_1A_00_11_22", "granted")]
    [InlineData("RequestAuthorization", "/org/bluez/hci0/dev_C0_FF_EE_00_00_01", "org.freedesktop.DBus.Error.AccessDenied")]
    [InlineData("RequestPinCode", "/org/bluez/hci0/dev_A0_9E_1A_00_11_22", "org.freedesktop.DBus.Error.AccessDenied")]
    public async Task Who_asks_to_bond_gets_an_answer(string member, string device, string answer)
    {
        await using var bluez = await FakeBluez.StartAsync();
        using var strap = BluezStrap.Open(
            new() { Addresses = ["A0:9E:1A:00:11:22"] }, null, TimeProvider.System, null, bluez.Address);
        await bluez.Hears("RegisterAgent NoInputNoOutput", 1, withinSeconds: 60);
        await bluez.Report($"ask {member} {device} {answer}");
    }

    [Fact]
    public async Task Who_does_not_keep_up_loses_the_bus_and_no_memory()
    {
        await using var bluez = await FakeBluez.StartAsync();
        var names = await bluez.Names();
        using var bus = Open(bluez.Address);
        await bluez.Report("flood 6000");
        using var patience = new CancellationTokenSource(Patience);
        while (await bluez.Names() > names) Assert.False(patience.IsCancellationRequested, "The connection stands.");

        var taken = 0;
        var lost = Assert.Throws<BusException>(() => Receive(bus, _ => ++taken > 6000));
        Assert.Contains("faster than they were read", lost.Message, StringComparison.Ordinal);
        Assert.InRange(taken, 1, 5000);
    }

    [Fact]
    public async Task A_bus_that_says_nothing_is_given_up()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("bus").FullName, "bus");
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(path));
        silent.Listen();
        var time = new FakeTimeProvider();

        var open = Task.Run(() => SystemBus.Open($"unix:path={path}", Bluez.Signals, _ => false, time).Dispose());
        using var accepted = await silent.AcceptAsync().WaitAsync(Patience);
        await Eventually.Sees("the end of the patience", () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return open.IsCompleted;
        }, withinSeconds: 60);
        await Assert.ThrowsAsync<BusException>(() => open);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Theory]
    [InlineData("unix:path=/nowhere/bus", "there is no such socket")]
    [InlineData("unixexec:path=/bin/true", "No addresses were found")]
    [InlineData("", "No addresses were found")]
    public void Without_a_bus_there_is_one_clear_line(string address, string why)
    {
        var lack = Assert.Throws<BusException>(() => Open(address));
        Assert.StartsWith(
            $"The D-Bus system bus cannot be reached; Bluetooth needs it: apt-get install dbus bluez: {why}",
            lack.Message,
            StringComparison.Ordinal);
    }

    private static SystemBus Open(string address) => SystemBus.Open(address, Bluez.Signals, _ => false, TimeProvider.System);

    private static BusMessage Receive(SystemBus bus, Func<BusMessage, bool> isIt)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Patience)
            if (bus.Receive(Nap) is { } message && isIt(message)) return message;
        throw new TimeoutException("The message did not come.");
    }

    private static string Show(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        Dictionary<string, object> entries => $"{{{string.Join(", ", entries.Select(Show))}}}",
        object[] values => $"({string.Join(' ', values.Select(Show))})",
        _ => string.Format(CultureInfo.InvariantCulture, "{0}", value),
    };

    private static string Show(KeyValuePair<string, object> entry) => $"{entry.Key}: {Show(entry.Value)}";
}
