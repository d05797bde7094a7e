using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using DriverMonitor.Core.Events;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Wire;

/// <summary>Events are CloudEvents to somebody else's reader, too.</summary>
public sealed class CloudEventsTests
{
    private static readonly System.Net.Mime.ContentType Structured = new("application/cloudevents+json");

    private static readonly Vehicle Vehicle = new();

    public static TheoryData<string, byte[]> Events => new()
    {
        { "io.dms.alert.raised.v1", Vehicle.Raise(1).Body },
        { "io.dms.alert.escalated.v1", Vehicle.Says.Alert(2, TimeSpan.FromSeconds(2), AlertPhase.Escalated, 1).Body },
        { "io.dms.alert.cleared.v1", Vehicle.Says.Alert(3, TimeSpan.FromSeconds(5), AlertPhase.Cleared, 1).Body },
        { "io.dms.alert.disputed.v1", Vehicle.Says.Dispute(4, TimeSpan.FromMinutes(1), 1).Body },
        { "io.dms.device.status.v1", Vehicle.Says.Device(5, TimeSpan.FromMinutes(2), "camera_covered").Body },
        { "io.dms.gap.v1", Vehicle.Says.Gap(6, TimeSpan.FromMinutes(3), 1, 4).Body },
        { "io.dms.clockfix.v1", Vehicle.Says.ClockFix(7, TimeSpan.FromMinutes(4)).Body },
        { "io.dms.trip.ended.v1", Vehicle.Says.Trip(8, TimeSpan.FromHours(1), 1, TimeSpan.FromHours(1)).Body },
        { "io.dms.audit.head.v1", Vehicle.Says.AuditHead(9, TimeSpan.FromHours(1), 3).Body },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void An_independent_reader_takes_it_whole(string type, byte[] body)
    {
        var read = new JsonEventFormatter().DecodeStructuredModeMessage(body, Structured, extensionAttributes: null);

        Assert.True(read.IsValid);
        Assert.Equal(CloudEventsSpecVersion.V1_0, read.SpecVersion);
        Assert.Equal(type, read.Type);
        Assert.Equal("/acme/veh-0001", read.Source!.ToString());
        Assert.StartsWith("veh-0001:5f1c9a2e77b04d10:", read.Id, StringComparison.Ordinal);
        Assert.Equal("application/json", read.DataContentType);
        Assert.StartsWith("urn:dms:", read.DataSchema!.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, read.Time!.Value.Offset);
        Assert.NotNull(read["seq"]);
        Assert.IsType<System.Text.Json.JsonElement>(read.Data);
    }
}
