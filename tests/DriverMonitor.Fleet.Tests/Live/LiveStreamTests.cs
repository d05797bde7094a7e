using System.Net;
using DriverMonitor.Fleet.Live;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Live;

/// <summary>Who watches is told of every event of the own tenant as it is stored.</summary>
public sealed class LiveStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_alert_is_told_to_its_tenant_and_what_was_missed_is_told_to_who_comes_again(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        var (ours, theirs) = (new Vehicle(), new Vehicle("veh-0002", "beta", epoch: 0x77));
        await PutAsync(fleet, ours.Alert(1));
        var client = await fleet.ClientAsync("acme", "read");
        string seen;
        using (var watcher = await LiveClient.OpenAsync(client))
        {
            // What a watcher has begun to see is stored after it came.
            await UntilToldAsync(fleet, watcher, ours);
            await PutAsync(fleet, theirs.Alert(1), ours.Alert(100));
            var (id, data) = await AlertAsync(watcher, "veh-0001:5f1c9a2e77b04d10:100");
            Assert.DoesNotContain("veh-0002", data, StringComparison.Ordinal);
            Assert.Contains("\"alert\":\"5f1c9a2e77b04d10/7-0001\"", data, StringComparison.Ordinal);
            Assert.DoesNotContain("3.1", data, StringComparison.Ordinal);
            seen = id!;
        }

        await PutAsync(fleet, theirs.Alert(2), ours.Alert(101), ours.Alert(102));
        using var again = await LiveClient.OpenAsync(client, seen);
        var (_, missed) = await AlertAsync(again, "veh-0001:5f1c9a2e77b04d10:102");
        Assert.DoesNotContain("veh-0002", missed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_position_that_is_none_means_to_load_everything_anew(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        await PutAsync(fleet, new Vehicle().Alert(1));
        var client = await fleet.ClientAsync("acme", "read");
        foreach (var seen in new[] { "-1", "9223372036854775807", "99999999999999999999", "1;drop table event", "0x1" })
        {
            using var watcher = await LiveClient.OpenAsync(client, seen);
            Assert.Equal("reset", (await watcher.NextAsync()).Name);
        }
    }

    [Fact]
    public async Task A_stream_wants_a_token_that_reads()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        foreach (var (scopes, expected) in new[] { ((string[])[], HttpStatusCode.Unauthorized), (["export"], HttpStatusCode.Forbidden) })
        {
            var client = await fleet.ClientAsync("acme", scopes);
            Assert.Equal(expected, (await client.GetAsync("/api/v1/stream")).StatusCode);
        }
    }

    [Fact]
    public async Task The_program_stops_while_somebody_watches()
    {
        var fleet = await FleetHost.StartAsync("sqlite", _folder);
        using var watcher = await LiveClient.OpenAsync(await fleet.ClientAsync("acme", "read"));

        await fleet.DisposeAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => watcher.NextAsync());
    }

    [Fact]
    public async Task Who_does_not_read_is_cut_off_and_others_are_told_all_the_same()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var live = fleet.Get<LiveEvents>();
        using var slow = live.TryWatch(1)!;
        using var stranger = live.TryWatch(2)!;
        var told = 0;
        using var quick = live.TryWatch(1)!;

        for (var i = 0; i <= LiveWatch.MostWaiting; i++)
        {
            live.Publish(new(1, i, LiveFrame.Heartbeat));
            while (quick.Frames.TryRead(out _)) told++;
        }

        Assert.True(slow.Cut.IsCancellationRequested);
        Assert.False(quick.Cut.IsCancellationRequested);
        Assert.Equal(LiveWatch.MostWaiting + 1, told);
        Assert.Equal(LiveWatch.MostWaiting, slow.Frames.Count);
        Assert.False(stranger.Frames.TryRead(out _));
    }

    [Fact]
    public async Task One_tenant_cannot_take_every_place()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var live = fleet.Get<LiveEvents>();
        List<LiveWatch> taken = [];
        while (live.TryWatch(1) is { } watch) taken.Add(watch);

        Assert.NotNull(live.TryWatch(2));
        var client = await fleet.ClientAsync("acme", "read");
        var full = await client.GetAsync("/api/v1/stream");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (full.StatusCode, full.Headers.RetryAfter!.ToString()));
        taken[0].Dispose();
        using var watcher = await LiveClient.OpenAsync(client);
    }

    private static Task<PutResult> PutAsync(FleetHost fleet, params Fleet.Wire.FleetEvent[] events) =>
        fleet.Get<IEventStore>().PutAsync(new(Seed.Now, events, [], []), default);

    /// <summary>A watcher begins between two looks at the store: events are stored until the first is told.</summary>
    private static async Task UntilToldAsync(FleetHost fleet, LiveClient watcher, Vehicle vehicle)
    {
        var told = watcher.NextAsync();
        for (var seq = 2; !told.IsCompleted && seq < 99; seq++)
        {
            await PutAsync(fleet, vehicle.Alert(seq));
            await Task.WhenAny(told, Task.Delay(500));
        }

        Assert.Equal("alert", (await told).Name);
    }

    private static async Task<(string? Id, string Data)> AlertAsync(LiveClient watcher, string id)
    {
        while (true)
        {
            var (position, data) = await watcher.NextAsync("alert");
            if (data.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal)) return (position, data);
            Assert.DoesNotContain("veh-0002", data, StringComparison.Ordinal);
        }
    }
}
