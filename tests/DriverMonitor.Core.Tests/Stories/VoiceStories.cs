using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>What a microphone adds to what the camera and the strap say, and what happens without it.</summary>
public sealed class VoiceStories
{
    private const string Gape = "10s blinking; 4s mouth 0.6; 10s blinking", Half = "10s blinking; 1s mouth 0.7; 3s hand lids 0.5; 2s lids 0.6; 5s open";

    //   name                             seen   heard                                          without      with
    public static TheoryData<string, string, string, string, string> Mouths => new()
    {
        { "a silent yawn", Gape, "60s quiet", "yawn", "yawn" },
        { "a yawn with its breath", Gape, "10s quiet; 4s breath; 20s quiet", "yawn", "yawn" },
        { "a yawn with its sigh", Gape, "10s quiet; 2s breath; 2s talk 0.9; 20s quiet", "yawn", "yawn" },
        { "talk with a wide mouth", Gape, "10s quiet; 4s talk 4; 20s quiet", "yawn", "" },
        { "laughter", Gape, "10s quiet; 4s talk 5; 20s quiet", "yawn", "" },
        { "slow talk", Gape, "10s quiet; 4s talk 2.5; 20s quiet", "yawn", "" },
        { "a yawn while the radio talks", Gape, "60s talk 4", "yawn", "yawn" },
        { "a yawn while a passenger talks", Gape, "5s quiet; 20s talk 4", "yawn", "yawn" },
        { "talk, before the mouth was ever seen at rest", "4s mouth 0.6; 10s blinking", "4s talk 4; 20s quiet", "yawn", "yawn" },
        { "a microphone that broke before", Gape, "5s talk 4; 60s unplugged", "yawn", "yawn" },
        { "half a yawn behind a hand", Half, "60s quiet", "half a yawn", "half a yawn" },
        { "half a yawn, and its breath", Half, "10s quiet; 4s breath; 20s quiet", "half a yawn", "yawn" },
        { "half a yawn in a draught", Half, "60s breath", "half a yawn", "half a yawn" },
        { "a breath and no yawn", "30s blinking", "10s quiet; 4s breath; 20s quiet", "", "" },
    };

    [Theory]
    [MemberData(nameof(Mouths))]
    public void An_open_mouth_is_explained_by_what_is_heard(string name, string seen, string heard, string without, string with)
    {
        Assert.Equal((name, without), (name, Yawns(Drive.Of(seen, 15))));
        Assert.Equal((name, with), (name, Yawns(Drive.Of(seen, 15).With(heard))));
        Assert.Equal((name, without), (name, Yawns(Drive.Of(seen, 15).With(heard), new() { Voice = new() { Enabled = false } })));
        // Nobody has allowed it.
        Assert.Equal((name, without), (name, Yawns(Drive.Of(seen, 15).With(heard).Where(one => one.Allowed is null))));
    }

    private const string Calm = "400s blinking smile 0 angry 0.05 heart 70 speed 90 chatter; ",
        Strained = "60s blinking smile 0 angry 0.05 heart 82 chatter; 30s blinking smile 0 heart 82",
        Usual = "400s talk 4; ",
        Raised = "60s talk 5 pitch 17 level 25; 30s quiet";

    [Fact]
    public void A_raised_voice_adds_to_stress_only_where_the_pulse_says_so()
    {
        var (without, with) = (Most(Calm + Strained, Usual + "90s talk 4", s => s.Stress), Most(Calm + Strained, Usual + Raised, s => s.Stress));
        Assert.InRange(with - without, 0.02, 0.3);
        var calm = Strained.Replace("82", "70", StringComparison.Ordinal);
        Assert.Equal(Most(Calm + calm, Usual + "90s talk 4", s => s.Stress), Most(Calm + calm, Usual + Raised, s => s.Stress), 0.02);
    }

    [Fact]
    public void Slow_flat_speech_adds_a_little_to_fatigue_and_livelier_speech_takes_nothing()
    {
        var drive = Calm + "200s blinking smile 0 chatter";
        var usual = Last(drive, Usual + "200s talk 4");
        var slow = Last(drive, Usual + "200s talk 2 spread 1 pauses 0.4");
        Assert.InRange(LogOdds.Of(slow.P) - LogOdds.Of(usual.P), 0.3, 0.4);
        Assert.Equal(usual.Confidence, slow.Confidence);
        Assert.Equal(usual.P, Last(drive, Usual + "200s talk 6 spread 6").P, 1e-9);
        Assert.Equal(Last(drive, null).P, Last(drive, "600s quiet").P, 1e-9);

        static StateScore Last(string drive, string? heard)
        {
            var pipeline = new MonitorPipeline(new());
            StateScore last = default;
            foreach (var seen in heard is null ? Drive.Of(drive, 10) : Drive.Of(drive, 10).With(heard))
                last = pipeline.Step(seen).Scores?.Fatigue ?? last;
            return last;
        }
    }

    [Fact]
    public void A_conversation_is_told_where_it_may_explain_a_score()
    {
        var pipeline = new MonitorPipeline(new());
        string[] told = [];
        foreach (var seen in Drive.Of("120s blinking", 10).With("60s quiet; 60s talk 4"))
            if (pipeline.Step(seen).Scores is { } scores)
                told = [.. told, scores.DistractionWhy.Limits.ToArray().Any(l => l.Reason == MissingReason.Conversation) ? "talk" : "-"];
        Assert.Equal(("-", "talk"), (told[55], told[^1]));
    }

    [Fact]
    public void Where_no_emotion_may_be_judged_nothing_is_learned_of_a_raised_voice()
    {
        var work = Profile(new() { Profile = JudgementProfile.EuWork }, Modalities.All);
        Assert.True(work is { SyllableRate: not null, Pitch: null, Level: null, Tilt: null });
        var driver = Profile(new(), Modalities.All & ~(Modalities.Stress | Modalities.Anger));
        Assert.True(driver is { SyllableRate: not null, Pitch: null, Level: null, Tilt: null });
        Assert.True(Profile(new(), Modalities.All) is { Pitch: not null, Level: not null });
        Assert.Null(Profile(new(), Modalities.WithoutVoice));
    }

    [Fact]
    public void What_is_withdrawn_is_forgotten()
    {
        var pipeline = new MonitorPipeline(new());
        foreach (var seen in Drive.Of(Calm, 10).With(Usual)) pipeline.Step(seen);
        Assert.NotNull(pipeline.Profile()!.Voice);
        pipeline.Step(new(TimeSpan.FromSeconds(401), Allowed: Modalities.WithoutVoice));
        pipeline.Step(new(TimeSpan.FromSeconds(402), Allowed: Modalities.All));
        Assert.Null(pipeline.Profile()!.Voice);
    }

    //   heard                                   told
    [Theory]
    [InlineData("60s quiet", "")]
    [InlineData("10s quiet; 20s muted; 30s quiet", "microphone_muted, recovered microphone_muted")]
    [InlineData("10s quiet; 20s clipped; 30s quiet", "microphone_clipped, recovered microphone_clipped")]
    [InlineData("10s quiet; 20s hum; 30s quiet", "microphone_hum, recovered microphone_hum")]
    [InlineData("10s quiet; 20s noisy; 30s quiet", "microphone_noisy, recovered microphone_noisy")]
    [InlineData("10s quiet; 15s hum; 15s muted; 30s quiet", "microphone_hum, microphone_muted, recovered microphone_hum, recovered microphone_muted")]
    [InlineData("10s quiet; 20s unplugged; 30s quiet", "microphone_lost, recovered microphone_lost")]
    [InlineData("10s quiet; 50s gone", "microphone_lost")]
    [InlineData("60s gone", "")]
    public void The_microphone_s_health_is_told(string heard, string told) =>
        Assert.Equal(told, string.Join(", ", Events(Drive.Of("60s blinking", 10).With(heard)).OfType<MonitorEvent.Status>()
            .Where(status => status.Kind != StatusKind.ModalitiesChanged).Select(Timeline.Text)));

    [Fact]
    public void Foreign_readings_change_nothing()
    {
        var odd = new VoiceReading(MicrophoneState.Present, TimeSpan.FromSeconds(0.5), 1, 2, 0, -50, 15, 12, 14, 3);
        VoiceReading[] readings =
        [
            odd with { SpeechShare = double.NaN }, odd with { Lasted = TimeSpan.MaxValue }, odd with { Lasted = TimeSpan.MinValue },
            odd with { Syllables = int.MaxValue }, odd with { PitchSemitones = double.PositiveInfinity }, odd with { BreathShare = -1 },
            odd with { PauseTime = TimeSpan.MaxValue }, odd with { Microphone = (MicrophoneState)200 }, odd with { VoicedFrames = -1 },
        ];
        var drive = Drive.Of("60s blinking chatter", 10).ToList();
        var hostile = drive.SelectMany((seen, i) => new[] { new Observation(seen.At, Voice: readings[i % readings.Length]), seen })
            .Prepend(new(TimeSpan.Zero, Allowed: Modalities.All));
        Assert.Equal(Timeline.Of(drive), Timeline.Without(Timeline.Of(hostile), "modalities_changed"));
    }

    private static VoiceProfile? Profile(MonitorSettings settings, Modalities allowed)
    {
        var pipeline = new MonitorPipeline(settings);
        foreach (var seen in Drive.Of(Calm, 10).With(Usual))
            pipeline.Step(seen.Allowed is null ? seen : seen with { Allowed = allowed });
        return pipeline.Profile()!.Voice;
    }

    private static double Most(string drive, string heard, Func<Scores, StateScore> state)
    {
        var (pipeline, most) = (new MonitorPipeline(new()), 0.0);
        foreach (var seen in Drive.Of(drive, 10).With(heard))
            if (pipeline.Step(seen).Scores is { } scores && scores.At > TimeSpan.FromSeconds(400))
                most = Math.Max(most, state(scores).P);
        return most;
    }

    private static string Yawns(IEnumerable<Observation> drive, MonitorSettings? settings = null) =>
        string.Join(", ", Events(drive, settings).OfType<MonitorEvent.Yawn>().Select(y => y.Weight < 1 ? "half a yawn" : "yawn"));

    private static IEnumerable<MonitorEvent> Events(IEnumerable<Observation> drive, MonitorSettings? settings = null)
    {
        var pipeline = new MonitorPipeline(settings ?? new());
        return drive.SelectMany(seen => pipeline.Step(seen).Events);
    }
}
