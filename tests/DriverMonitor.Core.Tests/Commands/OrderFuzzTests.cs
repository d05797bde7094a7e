using System.Text;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Core.Tests.Commands;

/// <summary>
/// Bytes that anybody may send: noise, and real orders with bytes changed, cut, doubled and swapped. 200,000 of them with a
/// fixed seed here, 20 million in the long form.
/// </summary>
public sealed class OrderFuzzTests
{
    private const int Short = 200_000;
    private const int Long = 20_000_000;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"id":"a1","to":"veh-0001","name":"erase","ctr":412,"exp":"2026-11-22T11:25:31Z","args":{"driver":"anna"},"kid":"ops-1","sig":"AAAA"}""",
            """{"id":"a1","to":"veh-0001","name":"hwm","ctr":1,"exp":"2026-11-22T11:25:31Z","args":{"epoch":"5f1c9a2e77b04d10","upTo":9,"missing":[[3,4],[7,7]]},"kid":"ops-1","sig":"AAAA"}""",
            """{"id":"a1","to":"veh-0001","name":"config","ctr":2,"exp":"2026-11-22T11:25:31Z","args":{"set":{"Mqtt:Privacy":null,"a":true,"b":1}},"kid":"ops-1","sig":"AAAA"}""",
            """[{"\u0000":1e999},-0,"ÿ",[[[[[[[]]]]]]]]""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void No_bytes_make_the_reader_throw_or_read_what_it_would_not_sign_the_same_way()
    {
        var random = new Random(20261122);
        var count = Environment.GetEnvironmentVariable("DRIVERMONITOR_LONG") == "1" ? Long : Short;
        var read = 0;
        for (var i = 0; i < count; i++)
        {
            var bytes = Mutate(random);
            var reading = CommandReader.Read(bytes, FleetCommand.Names[random.Next(3) switch { 0 => 4, 1 => 1, _ => 2 }]);
            if (reading.Order is not { } order) continue;

            // What was accepted says the same when it is read back from its own canonical text.
            read++;
            var signed = Encoding.UTF8.GetString(order.Canonical.AsSpan());
            var again = CommandReader.Read(Encoding.UTF8.GetBytes(signed[..^1] + ",\"sig\":\"AAAA\"}"), order.Order.Name).Order!;
            Assert.Equal(
                (order.Id, order.To, order.Counter, order.Expires, order.KeyId),
                (again.Id, again.To, again.Counter, again.Expires, again.KeyId));
            Assert.True(order.Canonical.AsSpan().SequenceEqual(again.Canonical.AsSpan()), signed);
        }

        Assert.InRange(read, count / 1000, count);
    }

    private static byte[] Mutate(Random random)
    {
        var bytes = Seeds[random.Next(Seeds.Length)].ToList();
        for (var i = random.Next(4); i > 0 && bytes.Count > 1; i--)
        {
            var (at, from) = (random.Next(bytes.Count), random.Next(bytes.Count));
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] = (byte)"{}[]\",:0e-.\\ "[random.Next(13)]; break;
                case 2: bytes.RemoveRange(at, random.Next(Math.Min(8, bytes.Count - at))); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(from, random.Next(Math.Min(40, bytes.Count - from)))); break;
                case 4: (bytes[at], bytes[from]) = (bytes[from], bytes[at]); break;
                default: bytes = bytes.GetRange(0, at); break;
            }
        }

        return [.. bytes];
    }
}
