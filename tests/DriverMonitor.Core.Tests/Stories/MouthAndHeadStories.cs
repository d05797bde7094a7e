using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class MouthAndHeadStories
{
    public static TheoryData<string, string, string> Drives =>
        new()
        {
            {
                "a yawn rises, stays, falls",
                "10s open; 1s mouth 0>0.6; 2.5s mouth 0.6; 1s mouth 0.6>0; 3s open",
                "13.9 yawn 3.3"
            },
            {
                "a mouth that jitters while it yawns",
                "10s open; 1s mouth 0>0.6; " + Jitter(17) + "1s mouth 0.6>0; 3s open",
                "14.0 yawn 3.4"
            },
            {
                "a mouth that jitters to half and below",
                "10s open; 1s mouth 0>0.8; " + Times(10, "0.2s mouth 1.1; 0.05s mouth 0.3; ") + "1s mouth 0.8>0; 3s open",
                "14.1 yawn 3.6"
            },
            {
                "speaks with an open mouth that never shuts",
                "10s open; " + Times(16, "0.1s mouth 0.55; 0.1s mouth 0.37; ") + "3s open",
                ""
            },
            { "talks with the mouth wide", "10s open; " + Times(8, "0.25s mouth 0.5; 0.15s mouth 0.2; ") + "3s open", "" },
            {
                "a hand that the mesh draws as shut lips",
                "10s open; 1s mouth 0>0.7; 1s mouth 0.7 lids 0.5; 2.5s mouth 0.03 lids 0.5; 3s open",
                "14.5 half a yawn 4.0"
            },
            { "shuts the mouth at once", "10s open; 1s mouth 0>0.7; 2s mouth 0.7 lids 0.5; 3s mouth 0.03", "13.0 yawn 2.5" },
            {
                "a shout, and then eyes that squint",
                "10s open; 0.2s mouth 0.7; 0.5s mouth 0.7 lids 0.5; 0.4s mouth 0.03 lids 0.5; 3s open",
                ""
            },
            { "quick chatter is no yawn", "10s open; " + Chatter(20) + "3s open", "" },
            { "a short gape is no yawn", "10s open; 0.5s mouth 0>0.6; 1s mouth 0.6; 0.5s mouth 0.6>0; 3s open", "" },
            {
                "speech is no yawn",
                "5s open; 0.3s mouth 0.4; 0.2s mouth 0.1; 0.3s mouth 0.5; 0.2s mouth 0.1; 0.3s mouth 0.4; 0.2s mouth 0.1; 0.3s mouth 0.4; 3s open",
                ""
            },
            {
                "song stays open and wavers",
                "5s open; 0.5s mouth 0.7; 0.5s mouth 0.4; 0.5s mouth 0.7; 0.5s mouth 0.4; 0.5s mouth 0.7; 0.5s mouth 0.4; 0.5s mouth 0.7; 3s open",
                ""
            },
            { "a mask or a long song", "5s open; 15s mouth 0.6; 3s open", "" },
            {
                "a long laugh is no yawn",
                "20s open smile 0; 0.5s mouth 0>0.5 smile 0.7; 3s mouth 0.5 smile 0.8; 0.5s mouth 0.5>0 smile 0.6; 3s open smile 0",
                ""
            },
            {
                "a yawn that begins with a smile",
                "20s open smile 0; 1s mouth 0>0.6 smile 0.6; 2.5s mouth 0.6 smile 0; 1s mouth 0.6>0 smile 0; 3s open smile 0",
                "23.9 yawn 3.3"
            },
            {
                "a wide mouth by nature is no smile",
                "20s open smile 0.8; 1s mouth 0>0.6 smile 0.8; 2.5s mouth 0.6 smile 0.9; 1s mouth 0.6>0 smile 0.8; 3s open smile 0.8",
                "23.9 yawn 3.3"
            },
            {
                "a hand before the yawn counts half",
                "5s open; 0.6s mouth 0>0.5; 3s hand lids 0.5; 3s lids 0.6",
                "8.6 half a yawn 3.2"
            },
            { "a hand before the mouth of an awake driver", "5s open; 3s hand; 3s open", "" },
            {
                "a nod with the lids down",
                "20s open; 0.8s shut pitch 0>-18; 0.5s shut pitch -18; 0.7s shut pitch -18>-4; 3s open",
                "21.5 raised eyes_closed 2, 21.9 nod 1.8, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2"
            },
            {
                "a hard sneeze throws the head",
                "20s open; 0.6s shut pitch -18; 0.5s pitch -18>0; 3s open",
                "20.6 long_blink 0.6"
            },
            { "nodding yes", "20s open; 0.8s pitch 0>-18; 0.5s pitch -18; 0.7s pitch -18>-4; 3s open", "" },
            {
                "looking down for long",
                "20s open; 0.8s lids 0.3 pitch 0>-18; 2.9s lids 0.3 pitch -18; 0.7s pitch -18>0; 3s open",
                "23.5 raised long_look_away 2, 23.9 look_away 3.3, 25.9 cleared long_look_away 2"
            },
        };

    private static string Times(int count, string part) => string.Concat(Enumerable.Repeat(part, count));

    private static string Jitter(int times) => string.Concat(Enumerable.Repeat("0.1s mouth 0.7; 0.05s mouth 0.45; ", times));

    private static string Chatter(int times) => string.Concat(Enumerable.Repeat("0.15s mouth 0.5; 0.1s mouth 0.1; ", times));

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));
}
