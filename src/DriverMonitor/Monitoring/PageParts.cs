using System.Globalization;
using System.Reflection;
using DriverMonitor.Core.Events;
using DriverMonitor.Drivers;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Telemetry;
using DriverMonitor.Voice;
using DriverMonitor.Web;
using DriverMonitor.Web.Aim;

namespace DriverMonitor.Monitoring;

/// <summary>How every part of the device is, in the page's words.</summary>
internal static class PageParts
{
    // What blinds comes first, then what spoils the picture, then what the picture does not show. Asleep is no fault.
    private static readonly string[] OfCamera =
        [.. FaultsOf(StatusPart.Camera).Where(fact => fact.Kind != StatusKind.CameraAsleep)
            .OrderBy(fact => fact.Blinds != Blindness.None ? 0 : fact.CameraWord is not null ? 1 : 2).Select(fact => fact.Name)];

    private static readonly string[] OfMicrophone = [.. FaultsOf(StatusPart.Microphone).Select(fact => fact.Name)];

    private static readonly string[] OfHeart = [.. FaultsOf(StatusPart.Heart).Select(fact => fact.Name)];

    public static string Version { get; } =
        typeof(PageParts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[
            0
        ];

    /// <param name="heart">Gives the heart's part, from what the judgement says is wrong with it.</param>
    /// <param name="isCameraAllowed">The driver lets it look.</param>
    public static List<PagePart> OfSenses(PageSink sink, Func<string?, PagePart> heart, bool isCameraAllowed = true)
    {
        var lacking = sink.Lacking;
        return
        [
            !isCameraAllowed
                ? CameraNotAllowed
                : Of(
                    "camera",
                    isUsed: !lacking.Contains("camera_asleep"),
                    OfCamera.FirstOrDefault(lacking.Contains),
                    sink.HasSeenPicture),
            heart(OfHeart.FirstOrDefault(lacking.Contains)),
            Of("buzzer", isUsed: true, lacking.Contains("buzzer_lost") ? "buzzer_lost" : null, isKnown: true),
        ];
    }

    private static IEnumerable<StatusFact> FaultsOf(StatusPart part) =>
        StatusFacts.All.Where(fact => fact.Lasts && fact.Part == part);

    /// <summary>Closed because the driver forbids it, or nobody can read what the driver said.</summary>
    public static PagePart CameraNotAllowed { get; } = new("camera", null, "no_consent");

    /// <summary>Null while the consents are in order.</summary>
    public static PagePart? OfConsents(ConsentStatus consents) =>
        consents.Fault is null
            ? null
            : new("consents", false, consents.IsUnreadable ? "consents_unreadable" : "consents_damaged");

    /// <summary>Whether somebody listens, which the driver must see at a glance; null where no microphone is set.</summary>
    public static PagePart? Microphone(VoiceInput voice, IReadOnlyCollection<string> lacking) =>
        voice.IsBroken ? new("microphone", false, "mic.broken") : Microphone(voice.Microphone?.Status, lacking);

    public static PagePart? Microphone(MicrophoneStatus? status, IReadOnlyCollection<string> lacking) => status switch
    {
        null => null,
        MicrophoneStatus.NotAllowed => new("microphone", null, "no_consent"),
        MicrophoneStatus.AtRest => new("microphone", null, "mic.at_rest"),
        MicrophoneStatus.Starting => new("microphone", null, "mic.starting"),
        MicrophoneStatus.Lost => new("microphone", false, "microphone_lost"),
        _ => OfMicrophone.FirstOrDefault(lacking.Contains) is { } trouble
            ? new("microphone", false, trouble)
            : new("microphone", true, "mic.listening"),
    };

    /// <summary>Heard, perhaps, and not judged: that puzzles people.</summary>
    public static PagePart HeartNotAllowed { get; } = new("heart", null, "no_consent");

    /// <summary>A pulse that comes by another way than our own radio, or none.</summary>
    public static PagePart Heart(bool isUsed, string? trouble) => Of("heart", isUsed, trouble, isKnown: true);

    /// <summary>A strap on our own radio: how far the way to it has been gone, and what it says of itself.</summary>
    public static PagePart Strap(StrapStatus strap, string? trouble)
    {
        var isHeard = strap.State == StrapState.Listening;
        var facts = new List<PageFact>();
        if ((strap.Name ?? strap.Address) is { } name)
            facts.Add(new("strap", name));
        if (strap.Battery is { } percent)
            facts.Add(new("battery", $"{percent}"));
        if (strap.Location is { } location)
            facts.Add(new("worn", location.Replace(' ', '_')));
        return new(
            "heart",
            isHeard && trouble is null,
            isHeard ? trouble ?? "strap.listening" : $"strap.{strap.State.ToString().ToLowerInvariant()}")
        {
            Facts = facts,
        };
    }

    /// <param name="kmh">As said last.</param>
    public static PagePart OfSpeed(bool isUsed, double? kmh, bool isDoubtful = false) => !isUsed ? new("speed", null, "not_used")
        : isDoubtful ? new("speed", false, "speed_doubtful", Whole(kmh))
        : kmh is null ? new("speed", null, "speed_unknown") : new("speed", true, "kmh", Whole(kmh));

    /// <summary>How the camera stands, against how it was aimed.</summary>
    public static PagePart OfAim(AimState state) => state switch
    {
        AimState.AsAimed => new("aim", true, "aim_kept"),
        AimState.Moved => new("aim", false, "aim_moved"),
        AimState.NotAimed => new("aim", null, "aim_never"),
        _ => new("aim", null, "aim_unknown"),
    };

    /// <summary>The board itself; null where the kernel says nothing about it.</summary>
    public static PagePart? OfBoard(BoardHealth health)
    {
        var (isVoltageLow, isSlowed, hottest) = health.Read();
        return isVoltageLow == true || isSlowed == true ? new("board", false, "throttled", Whole(hottest))
            : hottest is null ? null : new("board", true, "celsius", Whole(hottest));
    }

    public static PagePart OfLink(Uplink? uplink) => uplink is null ? new("link", null, "not_used")
        : new("link", IsOnline(uplink), uplink.Link.State.ToString().ToLowerInvariant());

    public static PagePart OfQueue(EventOutbox outbox)
    {
        var count = outbox.Count;
        return new("queue", outbox.IsDurable, outbox.IsDurable ? "on_disk" : "in_memory", $"{count.Waiting}");
    }

    /// <summary>The program's own parts, once one of them failed: how often each did, and which are not well now.</summary>
    public static IEnumerable<PagePart> OfProgram(IReadOnlyList<PartState> states)
    {
        var failed = states.Where(state => state.Failures > 0).ToList();
        if (failed.Count == 0) return [];
        var worst = failed.Max(state => state.Condition);
        var word = worst switch
        {
            PartCondition.Down => "part_down",
            PartCondition.Failing => "part_failing",
            _ => "part_recovered",
        };
        return
        [
            new PagePart("program", worst == PartCondition.Well, word)
            {
                Facts = [.. failed.Select(one => new PageFact("failed", $"{one.Part.Name()} {one.Failures}"))],
            },
        ];
    }

    public static bool IsOnline(Uplink uplink) => uplink.Link.State is LinkState.Online or LinkState.Draining;

    private static string? Whole(double? value) => value?.ToString("F0", CultureInfo.InvariantCulture);

    private static PagePart Of(string name, bool isUsed, string? trouble, bool isKnown) =>
        !isUsed ? new(name, null, "not_used")
        : trouble is not null ? new(name, false, trouble)
        : isKnown ? new(name, true, "fine")
        : new(name, false, "no_picture");
}
