using System.Reflection;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Web;

namespace DriverMonitor.Commands;

/// <summary>How every part of the device is, in the page's words.</summary>
internal static class PageParts
{
    private static readonly string[] OfCamera =
    [
        "camera_lost", "camera_covered", "frozen_picture", "dark", "glare", "out_of_focus", "low_frame_rate", "face_lost", "eyes_not_visible",
        "eye_signal_too_small", "pose_uncertain", "ambiguous_driver",
    ];

    private static readonly string[] OfHeart = ["heart_lost", "strap_off", "frozen_heart_rate", "irregular_rhythm"];

    public static string Version { get; } =
        typeof(PageParts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static List<PagePart> OfSenses(PageSink sink, bool hasHeart)
    {
        var lacking = sink.Lacking;
        return
        [
            Of("camera", isUsed: !lacking.Contains("camera_asleep"), OfCamera.FirstOrDefault(lacking.Contains), sink.HasSeenPicture),
            Of("heart", hasHeart, OfHeart.FirstOrDefault(lacking.Contains), isKnown: true),
            Of("buzzer", isUsed: true, lacking.Contains("buzzer_lost") ? "buzzer_lost" : null, isKnown: true),
        ];
    }

    public static PagePart OfLink(Uplink? uplink) => uplink is null ? new("link", null, "not_used")
        : new("link", IsOnline(uplink), uplink.Link.State.ToString().ToLowerInvariant());

    public static PagePart OfQueue(EventOutbox outbox)
    {
        var count = outbox.Count;
        return new("queue", outbox.IsDurable, outbox.IsDurable ? "on_disk" : "in_memory", $"{count.Waiting}");
    }

    public static bool IsOnline(Uplink uplink) => uplink.Link.State is LinkState.Online or LinkState.Draining;

    private static PagePart Of(string name, bool isUsed, string? trouble, bool isKnown) =>
        !isUsed ? new(name, null, "not_used") : trouble is not null ? new(name, false, trouble) : isKnown ? new(name, true, "fine") : new(name, false, "no_picture");
}
