using System.Net;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Web;

/// <summary>Whatever a request says, the answer is one of ours, and never a fault of the program.</summary>
public sealed class HostileRequestTests : IDisposable
{
    private static readonly string[] Lists =
        ["vehicles", "alerts", "disputes", "findings", "gaps", "coverage", "trends", "orders", "erasures", "export/events.csv", "export/hours.csv"];

    private static readonly string[] Ones =
        ["vehicles/{0}", "vehicles/{0}/timeline", "vehicles/{0}/timeline/pieces", "vehicles/{0}/coverage", "vehicles/{0}/health",
            "vehicles/{0}/findings", "orders/{0}", "export/vehicle/{0}", "alerts/{0}/{0}/{0}"];

    private static readonly string[] Queries =
        ["after=%00", "vehicle=%00", "kind=%00", "from=%00", "limit=-1", "limit=0", "limit=2147483647", "limit=99999999999999999999",
            "before=-9223372036854775808", "before=9223372036854775807", "before=1e9", "level=-2147483648", "level=2147483647", "open=maybe",
            "from=0001-01-01T00:00:00Z", "to=0001-01-01T00:00:00Z", "to=9999-12-31T23:59:59Z", "from=9999-12-31T23:59:59Z",
            "from=2026-11-01&to=2026-10-01", "pieces=-2147483648", "pieces=0", "after='%20or%201=1--", "vehicle=../../etc/passwd",
            "after=" + "%F0%9F%9A%97", "vehicle=veh-0001&vehicle=veh-0002", "kind=fatigue%0d%0aSet-Cookie:a=b"];

    private static readonly string[] Names = ["%00", "..%2f..", "'%20or%20''='", "%F0%9F%9A%97", "%0d%0a", "a%ff", new('a', 1_000)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Nothing_in_a_request_is_a_fault_of_the_program(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        await new Seed(fleet.Database).VehicleAsync("acme", "veh-0001");
        var client = await fleet.ClientAsync("acme", [.. ApiToken.Known]);
        var paths = Lists.SelectMany(list => Queries.Select(query => $"{list}?{query}"))
            .Concat(Ones.SelectMany(one => Names.Select(name => one.Replace("{0}", name, StringComparison.Ordinal))))
            .Concat(Ones.SelectMany(one => Queries.Select(query => $"{one.Replace("{0}", "veh-0001", StringComparison.Ordinal)}?{query}")));

        foreach (var path in paths)
        {
            using var answer = await client.GetAsync($"/api/v1/{path}", HttpCompletionOption.ResponseHeadersRead);
            Assert.True(
                answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound, $"{path}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Orders_are_listed_for_their_tenant_alone(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        var seed = new Seed(fleet.Database);
        await seed.VehicleAsync("acme", "veh-0001");
        await seed.VehicleAsync("beta", "veh-0001");
        await seed.ScalarAsync<int>(
            """
            insert into orders (id, tenant_id, vehicle_id, name, args, kid, ctr, asked_by, asked_at, answer) values
              ('o1', 1, 1, 'locate-fault', '{"seconds":30}', 'ops-1', 1, 'token:desk', 1000, '{"result":"done"}'),
              ('o2', 2, 2, 'locate-fault', '{}', 'ops-2', 1, 'token:theirs', 2000, null)
            """);
        var client = await fleet.ClientAsync("acme", "read");

        var list = await client.GetStringAsync("/api/v1/orders");

        Assert.Contains("\"answer\":{\"result\":\"done\"}", list, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/orders/o1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/orders/o2")).StatusCode);
    }
}
