using System.Globalization;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>What happens to a strap, and when its pulse is heard: the whole conversation with BlueZ in simulated time.</summary>
public sealed class StrapStoryTests
{
    private const string A = "A0:9E:1A:00:00:0A", B = "A0:9E:1A:00:00:0B", Stranger = "C0:FF:EE:00:00:01";

    /// <summary>
    /// A script is "second what", a strap named by its last letter; a pulse that pauses for two seconds and more begins a new
    /// span.
    /// </summary>
    public static TheoryData<string, string, string> Stories => new()
    {
        // name                                          what happens                          the pulse is heard
        { "worn from the start",                         "",                                   "2-299" },
        { "put on later",                                "0 A away, 100 A here",               "102-299" },
        { "out of range for a minute",                   "100 A away, 160 A here",             "2-99 162-299" },
        { "out of range for a second",                   "100 A away, 101 A here",             "2-99 103-299" },
        { "hangs up and stays near",                     "100 A drop",                         "2-99 102-299" },
        { "hangs up every 30 s, as a Polar H7 or H10",   "0 A hangs=30",                       "2-30 33-61 64-92 95-123 126-154 157-185 188-216 219-247 250-278 281-299" },
        { "hangs up at once for ten seconds",            "0 A hangs=0.1, 10 A hangs=never",    "12-299" },
        { "silent until subscribed anew",                "100 A mute=1",                       "2-99 106-299" },
        { "silent until connected anew",                 "100 A mute=2",                       "2-99 116-299" },
        { "bluetoothd restarts",                         "100 stop, 105 start",                "2-99 107-299" },
        { "bluetoothd is away for a minute",             "100 stop, 160 start",                "2-99 162-299" },
        { "bluetoothd comes later",                      "0 stop, 50 start",                   "52-299" },
        { "bluetoothd does not answer for a while",      "0 A deaf, 40 A hears",               "53-299" },
        { "the adapter is pulled and put back",          "100 unplug, 120 plug",               "2-99 122-299" },
        { "the adapter is pulled, the services go first", "100 pull, 120 plug",               "2-99 122-299" },
        { "hangs up, its services go first",             "100 A fades",                       "2-99 103-299" },
        { "somebody switches the adapter off",           "100 off",                            "2-99 102-299" },
        { "its services are not told at first",          "0 A resolves=never, 10 A resolves=1", "18-299" },
        { "its services take nine seconds",              "0 A resolves=9",                     "11-299" },
        { "BlueZ has kept its services wrongly",         "0 A muddled",                        "31-299" },
        { "BlueZ does not say that it is connected",     "0 A unannounced, 100 A drop",        "2-99 102-299" },
        { "BlueZ is busy with the subscription",         "0 A faults=InProgress+InProgress",   "4-299" },
        { "the subscription fails once",                 "0 A faults=Failed",                  "4-299" },
        { "it gives its pulse to a bonded partner only", "0 A needsbond",                      "3-299" },
        { "it refuses to bond",                          "0 A needsbond, 0 A refuses",         "" },
        { "it vanishes while it is being prepared",      "1 A away, 60 A here",                "62-299" },
        { "only a stranger is near",                     "0 A away",                           "" },
        { "another strap of ours is put on",             "100 A away, 130 B here",             "2-99 133-299" },
        { "another of ours, the first still half here",  "100 A resolves=never, 100 A drop, 102 B here", "2-99 110-299" },
        { "two of ours, slow to tell their services",    "0 A resolves=9",                     "18-299" },
        { "two of ours, out of range for a minute",      "100 A away, 160 A here",             "2-99 162-299" },
        { "two of ours, bluetoothd restarts",            "100 stop, 105 start",                "2-99 107-299" },
        { "two of ours, one after the other",            "100 A away, 101 B here, 200 B away, 203 A here", "2-99 103-199 205-299" },
        { "two of ours are worn from the start",         "0 B here",                           "2-299" },
        { "both of ours are worn, one hangs up",         "100 A drop, 100 B here",             "2-99 102-299" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void The_pulse_is_heard_whenever_it_can_be(string name, string script, string expected)
    {
        var world = new SimulatedBluez(
            new() { Addresses = name.Contains("ours", StringComparison.Ordinal) ? [A, B] : [A] },
            new(Stranger),
            new(A),
            new(B) { IsHere = false });
        Play(world, script, TimeSpan.FromSeconds(300));

        var heard = Spans(world.Packets);
        Assert.True(expected == heard, $"{name}: expected {expected}, heard {heard} ({world.Status})");
        Assert.False(world.Straps[0].WasCalled, "A stranger's strap was called.");
        Assert.InRange(world.Calls.GetValueOrDefault("Connect"), 0, 25);
        NoDifferenceSpansAGap(world.Packets);
    }

    private static void Play(SimulatedBluez world, string script, TimeSpan until)
    {
        foreach (var line in script.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            world.RunUntil(TimeSpan.FromSeconds(int.Parse(words[0], CultureInfo.InvariantCulture)));
            if (words.Length == 2) world.Happen(words[1]);
            else Do(world, world.Straps.Single(s => s.Address.EndsWith(words[1], StringComparison.Ordinal)), words[2].Split('='));
        }

        world.RunUntil(until);
    }

    private static void Do(SimulatedBluez world, SimulatedStrap strap, string[] what)
    {
        switch (what[0])
        {
            case "here":
                world.Come(strap);
                break;
            case "away":
                world.Leave(strap);
                break;
            case "drop":
                world.HangUp(strap);
                break;
            case "fades":
                world.Fade(strap);
                break;
            case "hangs":
                strap.HangsUpAfter = what[1] == "never" ? null : double.Parse(what[1], CultureInfo.InvariantCulture);
                break;
            case "mute":
                strap.MuteFor = int.Parse(what[1], CultureInfo.InvariantCulture);
                break;
            case "resolves":
                strap.ResolvesAfter = what[1] == "never" ? null : double.Parse(what[1], CultureInfo.InvariantCulture);
                break;
            case "muddled":
                strap.IsMuddled = true;
                break;
            case "unannounced":
                strap.IsAnnounced = false;
                break;
            case "deaf":
                strap.NeverAnswers = true;
                break;
            case "hears":
                strap.NeverAnswers = false;
                break;
            case "needsbond":
                strap.NeedsBond = true;
                break;
            case "refuses":
                strap.Refuses = true;
                break;
            case "faults":
                foreach (var fault in what[1].Split('+'))
                    strap.Faults.Enqueue("org.bluez.Error." + fault);
                break;
            default:
                throw new ArgumentException($"'{what[0]}' is nothing that happens to a strap.", nameof(what));
        }
    }

    private static string Spans(IReadOnlyList<(TimeSpan At, HeartPacket Packet)> packets)
    {
        var spans = new List<(int From, int Until)>();
        foreach (var (at, _) in packets)
        {
            var second = (int)at.TotalSeconds;
            if (spans.Count > 0 && second - spans[^1].Until < 3) spans[^1] = (spans[^1].From, second);
            else spans.Add((second, second));
        }

        return string.Join(' ', spans.Select(span => $"{span.From}-{span.Until}"));
    }

    /// <summary>Beats of one segment are neighbours; each says by its interval which one it is.</summary>
    internal static void NoDifferenceSpansAGap(IEnumerable<(TimeSpan At, HeartPacket Packet)> packets)
    {
        var series = new BeatSeries(new(), capacity: 200_000);
        foreach (var (at, packet) in packets) series.Add(at, packet);
        var beats = series.Beats;
        for (var i = 1; i < beats.Length; i++)
        {
            if (beats[i].Segment != beats[i - 1].Segment) continue;
            var step = Number(beats[i]) - Number(beats[i - 1]);
            Assert.True(step is 1 or 1 - SimulatedStrap.Round, $"At {beats[i].At} a difference spans {step} beats.");
        }
    }

    private static int Number(Beat beat) => (int)Math.Round(beat.RrMs * 1024 / 1000) - SimulatedStrap.First;
}
