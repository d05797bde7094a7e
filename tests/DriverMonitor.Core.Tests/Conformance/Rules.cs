using System.Collections.Immutable;
using static DriverMonitor.Core.Tests.Conformance.TimedRule;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>Every timing that a rating protocol, a regulation or our own ladder names.</summary>
public static class Rules
{
    private const string NcapMicrosleep = "Euro NCAP, microsleep 1-2 s";
    private const string NcapSleep = "Euro NCAP, sleep 3 s";
    private const string NcapUnresponsive = "Euro NCAP, unresponsive driver";
    private const string NcapLong = "Euro NCAP, long distraction 3-4 s";
    private const string NcapVats = "Euro NCAP, VATS 10 s in 30 s";
    private const string NcapDegraded = "Euro NCAP, degraded notice 10 s";
    private const string Addw = "EU 2023/2590 (ADDW)";
    private const string Ddaw = "EU 2021/1341 (DDAW), KSS 8; Euro NCAP, KSS > 7";
    private const string Ours = "our own";

    private const string Strapped = "speed 80 heart 70";

    private const string Alarm = "escalated eyes_closed 3";
    private const string LongLook = "raised long_look_away 2";
    private const string ManyLooks = "raised many_look_aways 2";

    private const string Sooner = "Also where ADDW alone would wait until 3.5 s: we warn at 3.0 s.";

    public static readonly ImmutableArray<TimedRule> Eyes =
    [
        Named("long blink, named", "literature, 0.4-0.5 s", 0.4, "shut", "long_blink"),
        Named("microsleep, named", NcapMicrosleep, 1.0, "shut", "microsleep"),
        Named("sleep, named", NcapSleep, 3.0, "shut", "sleep"),
        Named("unresponsive, named", NcapUnresponsive + " 6 s", 6.0, "shut", "unresponsive"),
        While("eyes closed, warning", NcapMicrosleep, 1.5, "shut", "raised eyes_closed 2", remark: "Inside the protocol's 1-2 s; the moment is our judgement."),
        While("eyes closed, asleep", NcapSleep, 3.0, "shut", Alarm),
        While("eyes closed, no answer", NcapUnresponsive + " 6 s", 6.0, "shut", "escalated eyes_closed 4"),
        While(
            "eyes closed, speed unknown",
            Ours,
            1.5,
            "shut",
            "raised eyes_closed 2",
            before: "",
            remark: "Unknown speed is judged as fast."),
        While(
            "eyes closed at 10 km/h",
            Ours,
            1.5,
            "shut",
            "raised eyes_closed 2",
            before: "speed 10",
            remark: "Stricter: the protocol judges impairment from 50 km/h; shut eyes are told whenever the vehicle moves."),
        At(
            "face lost while shut: asleep",
            Ours,
            3.0,
            "1.2s shut; 5s noface",
            "1.2s shut; 1.6s noface; 3s open gaze 0 0",
            Alarm,
            "3.0 s",
            remark: "Eyes lost while shut are held to be shut for 3 s."),
        At(
            "head fell while shut: no answer",
            Ours,
            6.0,
            "1s shut; 0.5s shut pitch 0>-19; 8s noface",
            "1s shut; 0.5s shut pitch 0>-19; 4.3s noface; 3s open gaze 0 0",
            "escalated eyes_closed 4",
            "6.0 s",
            remark: "Held for 6 s when the head was seen to fall."),
        Never("face lost while open", Ours, "15s noface; 5s open gaze 0 0", "raised eyes_closed"),
        Never("blinks of 0.15 s", Ours, "60s blinking", "raised"),
        Never("lids half down", Ours, "30s lids 0.45 gaze 0 0", "raised eyes_closed", remark: "Drooping lids count in PERCLOS."),
        At(
            "alert over",
            Ours,
            4.0,
            "2s shut; 6s open gaze 0 0",
            "2s shut; 1.8s open gaze 0 0",
            "cleared eyes_closed 2",
            "2.0 s of calm"),
    ];

    public static readonly ImmutableArray<TimedRule> Road =
    [
        While("long look-away, head aside", NcapLong, 3.0, "yaw 40", LongLook, remark: Sooner),
        While("long look-away, head down", NcapLong, 3.0, "pitch -35", LongLook, remark: Sooner),
        While("long look-away, eyes aside", NcapLong, 3.0, "gaze 30 0", LongLook, remark: "ADDW times only the area about 30 degrees down; we time every side."),
        While("long look-away, eyes down", NcapLong, 3.0, "gaze 0 -25", LongLook, remark: Sooner),
        While("long look-away at 50 km/h", NcapLong, 3.0, "yaw 40", LongLook, before: "speed 50"),
        While(
            "long look-away at 49 km/h",
            Addw + ", 6 s",
            6.0,
            "yaw 40",
            LongLook,
            before: "speed 49",
            remark: "Looser than Euro NCAP's 3-4 s from 20 km/h: in town we follow the regulation."),
        While(
            "long look-away at 20 km/h",
            Addw + ", 6 s",
            6.0,
            "yaw 40",
            LongLook,
            before: "speed 20",
            remark: "Looser than Euro NCAP, as above."),
        Never("look-away at 19 km/h", "Euro NCAP and ADDW, from 20 km/h", "30s yaw 40", "raised", before: "speed 19"),
        While(
            "long look-away, speed unknown",
            Ours,
            3.0,
            "yaw 40",
            LongLook,
            before: "",
            remark: "Unknown speed is judged as fast."),
        By(
            "ADDW at 50 km/h",
            Addw + ", 3.5 s",
            3.5,
            "4.5s pitch -35",
            "2.8s pitch -35; 3s open gaze 0 0",
            LongLook,
            before: "speed 50",
            remark: "Stricter: said at 3.0 s; missed only after 4 s."),
        While("still away, alarm", Ours, 4.5, "yaw 40", "escalated long_look_away 3", remark: "1.5 s after the warning."),
        While("no return within 3 s of the warning", NcapUnresponsive, 6.0, "yaw 40", "escalated long_look_away 4"),
        While("no return, at 35 km/h", NcapUnresponsive, 9.0, "yaw 40", "escalated long_look_away 4", before: "speed 35"),
        At(
            "many glances: 2 s away, 1 s back",
            NcapVats,
            14.0,
            Repeat(4, "2s yaw 40; 1s open") + "; 2.8s yaw 40; 3s open",
            Repeat(4, "2s yaw 40; 1s open") + "; 1.8s yaw 40; 3s open",
            ManyLooks,
            "10.0 s away"
        ) with
        {
            IsSum = true,
        },
        At(
            "many glances: 1 s away, 1.5 s back",
            NcapVats,
            23.5,
            Repeat(9, "1s yaw 40; 1.5s open") + "; 2s yaw 40; 3s open",
            Repeat(9, "1s yaw 40; 1.5s open") + "; 0.8s yaw 40; 3s open",
            ManyLooks,
            "10.0 s away"
        ) with
        {
            IsSum = true,
        },
        Never("many glances: 2.2 s back each time", NcapVats + ", reset 2 s", Repeat(8, "2s yaw 40; 2.2s open"), "raised"),
        Never("many glances: 9.6 s in any 30 s", NcapVats, Repeat(20, "0.8s yaw 40; 1.7s open"), "raised"),
        Never(
            "many glances at 19 km/h",
            "Euro NCAP, from 20 km/h",
            Repeat(8, "2s yaw 40; 1s open"),
            "raised",
            before: "speed 19"),
        At(
            "phone in the hand",
            "Euro NCAP, phone use",
            3.0,
            "4s open phone 0.9; 3s open phone 0",
            "2.8s open phone 0.9; 3s open phone 0",
            "raised phone 2",
            "3.0 s",
            before: "speed 80 phone 0.1",
            remark: "Seen surely and all the time. Less sure pictures warn when two of them agree. The time is ours."),
        Never("mirror checks of 1 s", Ours, Repeat(5, "1s yaw 40; 4s open"), "raised"),
    ];

    public static readonly ImmutableArray<TimedRule> Senses =
    [
        While("face lost", NcapDegraded, 10.0, "noface", "face_lost"),
        While("eyes not visible", NcapDegraded, 10.0, "sunglasses", "eyes_not_visible"),
        Poor("camera covered", "covered", "camera_covered"),
        Poor("too dark", "dark", "dark"),
        Poor("washed out", "glare", "glare"),
        Poor("out of focus", "blurred", "out_of_focus"),
        By("picture frozen", NcapDegraded, 10.0, "11s frozen; 3s open", "2.3s frozen; 3s open", "frozen_picture", remark: "3 s after it is first found unchanged; in it nobody is judged."),
        While("which face drives?", Ours, 2.5, "ambiguous", "ambiguous_driver", remark: "Stricter: Euro NCAP's degraded notice has 10 s, but meanwhile nobody is judged."),
        While("head pose unknown", NcapDegraded, 10.0, "nopose", "pose_uncertain"),
        At("camera lost", Ours, 1.0, "2s noframe; 3s open gaze 0 0", "0.7s noframe; 3s open gaze 0 0", "camera_lost", "1.0 s after the last picture", remark: "Stricter than the 10 s of a degraded notice. A picture lost just before belongs to the loss."),
        While("view poor, over the drive", "openpilot, 60 s", 60.0, "nopose", "camera_view_poor"),
        By(
            "strap out of reach",
            NcapDegraded,
            10.0,
            "11s open strap gone",
            "3.8s open strap gone; 3s open heart 70",
            "heart_lost",
            before: Strapped,
            remark: "Said 5 to 6 s after the last packet: the heart is judged once a second."),
        By(
            "strap off the skin",
            NcapDegraded,
            10.0,
            "11s open strap off",
            "0.8s open strap off; 3s open heart 70",
            "strap_off",
            before: Strapped,
            remark: "After two seconds of packets that say so."),
        At(
            "stream interrupted",
            Ours,
            2.2,
            "2.2s silence; 3s open",
            "1.6s silence; 3s open",
            "stream_interrupted",
            "from 2.0 s",
            remark: "Said with the picture that ends the gap."),
        At(
            "clock jumped",
            Ours,
            62,
            "62s silence; 3s open",
            "58s silence; 3s open",
            "time_jump",
            "from 60 s",
            remark: "Said with the picture that ends the gap."),
        At(
            "parked, alerts end",
            Ours,
            5.0,
            "8s shut speed 0",
            "4.7s shut speed 0; 3s shut speed 30",
            "cleared eyes_closed",
            "5.0 s standing"),
        At(
            "off with eyes shut",
            Ours,
            11.5,
            "10s shut speed 0; 4s shut speed 30",
            "10s shut speed 0; 1.3s shut speed 30; 3s open gaze 0 0",
            "raised eyes_closed 2",
            "1.5 s after moving off",
            before: "speed 0"),
        Never("asleep while parked", Ours, "120s shut", "raised", before: "speed 0"),
        At("another driver", Ours, 10.3, "10.3s noface speed 0; 3s open track 1", "9.6s noface speed 0; 3s open track 1", "driver_changed", "gone 10 s, standing", before: "speed 0", remark: "Said with the first picture of the new face."),
        Named("yawn, named", Ours, 2.0, "mouth 0.6", "yawn"),
        Never(
            "mouth open for 10.3 s",
            Ours,
            "10.3s mouth 0.6; 3s open",
            "yawn",
            required: "to 10.0 s",
            remark: "Longer is singing or a mask."),
    ];

    public static readonly ImmutableArray<TimedRule> Advice =
    [
        By("a microsleep: break advised", Ddaw, 13.3, "1.3s shut; 20s blinking", "0.8s shut; 20s blinking", "raised fatigue 2", remark: "10 s after it and two seconds at most, because scores are judged once a second.") with { Lead = 120 },
        By("a second one in ten minutes: stop advised", Ddaw, 39, "1.3s shut; 30s blinking; 1.3s shut; 15s blinking", "1.3s shut; 30s blinking; 0.8s shut; 15s blinking", "escalated fatigue 3", remark: "5 s after it, judged once a second.") with { Lead = 120 },
        Never("no advice behind sunglasses", Ours, "90s sunglasses", "raised fatigue", remark: "Not seen is not judged, and said after 10 s.") with { Lead = 120 },
    ];

    public static IEnumerable<TimedRule> All => [.. Eyes, .. Road, .. Senses, .. Advice];

    private static TimedRule Poor(string name, string does, string said) =>
        By(name, NcapDegraded, 10.0, $"11s {does}; 3s open", $"7.3s {does}; 3s open", said, remark: "8 s after it is first measured; measured twice a second here.");

    private static string Repeat(int times, string part) => string.Join("; ", Enumerable.Repeat(part, times));
}
