using System.Text;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// An outbox whose events and news say in short what they are: <c>12</c>, or <c>gap(100-140 41 Trace quota)</c>.
/// </summary>
internal sealed class TestOutbox : IDisposable
{
    public const string Topic = "dm/v1/acme/veh-0001/alert/test";

    private DateTimeOffset? _now = TimeProvider.System.GetUtcNow();

    public TestOutbox(string? folder = null, Acknowledgement acknowledge = Acknowledgement.Broker, OutboxLimits? limits = null)
    {
        Outbox = new(
            folder,
            acknowledge,
            (_, news) => new(OutboxClass.Alert, "news", _ => Encoding.UTF8.GetBytes(Text(news))),
            () => _now,
            TimeProvider.System,
            NullLogger.Instance,
            limits);
    }

    public EventOutbox Outbox { get; }

    public void Pass(TimeSpan time) => _now += time;

    /// <summary>Adds one event that is its own number, and waits until it can be sent.</summary>
    public async Task Add(int count = 1, OutboxClass cls = OutboxClass.Alert, int bytes = 0)
    {
        for (var i = 0; i < count; i++) Outbox.Add(cls, Topic, seq => Encoding.UTF8.GetBytes($"{seq}".PadRight(bytes)));
        await Idle();
    }

    public Task Idle() => Eventually.Sees("every event written", () => Outbox.IsIdle);

    /// <summary>Everything that waits, as a new connection would get it.</summary>
    public string Waiting()
    {
        var seen = new List<string>();
        for (var entry = Outbox.NextAfter(0); entry is not null; entry = Outbox.NextAfter(entry.Seq))
            seen.Add(Encoding.UTF8.GetString(entry.Body).TrimEnd());
        return string.Join(' ', seen);
    }

    public void Dispose() => Outbox.Dispose();

    private static string Text(OutboxNotification news) => news switch
    {
        OutboxNotification.Gap gap => $"gap({gap.Within.From}-{gap.Within.To} {gap.Count} {gap.Class} {gap.Reason})",
        OutboxNotification.Replaced => "replaced",
        OutboxNotification.Failed => "failed",
        _ => "recovered",
    };
}
