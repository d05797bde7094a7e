using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Voice;

/// <summary>
/// The last two minutes of what the microphone measured. Speech counts as the driver's only while the lips move with it; what is
/// heard while they are still is a passenger's or the radio's, and explains nothing. Allocates nothing after construction.
/// </summary>
internal sealed class VoiceTracker(VoiceSettings settings) : IModalityTracker
{
    private const int Room = 256;

    // Speech, three syllables in two seconds at least and no more than a drawl; a yawn has one. Judgement, as all that follow.
    private const double TalkPerSecond = 1.5, OthersPerSecond = 1, BreathShare = 0.3, HeardShare = 0.5;
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(2), Minute = TimeSpan.FromMinutes(1),
        Recent = TimeSpan.FromSeconds(30), Now = TimeSpan.FromSeconds(2), LongBreath = TimeSpan.FromSeconds(1),
        StillEnough = TimeSpan.FromSeconds(3);
    private const double RecentSpeech = 3, LastingSpeech = 10;

    private readonly Heard[] _heard = new Heard[Room];
    private int _next, _count;
    private TimeSpan? _lastAt;
    private MicrophoneState? _state;

    /// <summary>Takes a reading of the sound up to <paramref name="at"/>.</summary>
    public void Add(TimeSpan at, in VoiceReading reading, LipMotion lips)
    {
        if (!settings.Enabled || !IsSound(reading) || at < _lastAt) return;
        (_lastAt, _state) = (at, reading.Microphone);
        if (reading.Microphone != MicrophoneState.Present || reading.Lasted <= TimeSpan.Zero) return;
        _heard[_next] = new(at, reading, lips);
        _next = (_next + 1) % Room;
        _count = Math.Min(_count + 1, Room);
    }

    public VoiceFeatures Step(TimeSpan at) => _lastAt is not { } last ? default : new(
        _state, at - last, Talk(at - Now), Talk(at - Minute),
        Window(at - Recent, RecentSpeech), Window(at - Lasting, LastingSpeech));

    /// <summary>
    /// What a gaping mouth sounded like. Syllables count beyond those that come while the mouth is still, so that neither radio
    /// nor passenger talks a yawn away: not at all where they talked just before it opened, nor where it was not yet seen still.
    /// </summary>
    public MouthSound Explain(TimeSpan from, TimeSpan to)
    {
        double covered = 0, syllables = 0, breath = 0, still = 0, stillSyllables = 0, stillBreath = 0, justBefore = 0;
        for (var i = 0; i < _count; i++)
        {
            ref readonly var one = ref _heard[i];
            var (began, lasted) = (one.At - one.Reading.Lasted, one.Reading.Lasted.TotalSeconds);
            var inside = ((one.At < to ? one.At : to) - (began > from ? began : from)).TotalSeconds;
            if (inside > 0)
            {
                covered += inside;
                syllables += one.Reading.Syllables * inside / lasted;
                breath += one.Reading.BreathShare * inside;
            }
            else if (one.Lips == LipMotion.Still && one.At > to - Lasting)
            {
                still += lasted;
                stillSyllables += one.Reading.Syllables;
                stillBreath += one.Reading.BreathShare * lasted;
                if (one.At <= from && from - one.At < StillEnough) justBefore += one.Reading.Syllables;
            }
        }

        if (covered < HeardShare * (to - from).TotalSeconds || still < StillEnough.TotalSeconds) return MouthSound.Unknown;
        var isOthers = justBefore >= OthersPerSecond * StillEnough.TotalSeconds;
        if (!isOthers && syllables / covered - stillSyllables / still >= TalkPerSecond) return MouthSound.Talk;
        return breath >= LongBreath.TotalSeconds && breath / covered - stillBreath / still >= BreathShare
            ? MouthSound.Breath : MouthSound.Unknown;
    }

    public void Reset(TimeSpan before, TimeSpan at) => ChangeDriver();

    public void ChangeDriver()
    {
        Array.Clear(_heard);
        (_next, _count, _lastAt, _state) = (0, 0, null, null);
    }

    public void Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & Modalities.Voice) != 0) ChangeDriver();
    }

    private double Talk(TimeSpan from)
    {
        double speech = 0, all = 0;
        for (var i = 0; i < _count; i++)
        {
            ref readonly var one = ref _heard[i];
            if (one.At <= from) continue;
            var lasted = one.Reading.Lasted.TotalSeconds;
            (speech, all) = (speech + one.Reading.SpeechShare * lasted, all + lasted);
        }

        return all > 0 ? speech / all : 0;
    }

    private SpeechWindow Window(TimeSpan from, double leastSpeech)
    {
        var sum = new SpeechSum();
        for (var i = 0; i < _count; i++)
            if (_heard[i].At > from && _heard[i].Lips == LipMotion.Moving) sum.Add(_heard[i].Reading);
        return sum.ToWindow(leastSpeech);
    }

    /// <summary>A recording may hold anything; what no sound gives is not a reading.</summary>
    private static bool IsSound(in VoiceReading r) =>
        Enum.IsDefined(r.Microphone) && r.Lasted >= TimeSpan.Zero && r.Lasted <= TimeSpan.FromSeconds(10)
        && r.SpeechShare is >= 0 and <= 1 && r.BreathShare is >= 0 and <= 1 && r.Syllables is >= 0 and < 1000
        && r.VoicedFrames is >= 0 and < 1000 && r.Pauses is >= 0 and < 1000
        && r.PauseTime >= TimeSpan.Zero && r.PauseTime <= TimeSpan.FromMinutes(1)
        && r.NoiseDbfs is null or (> -200 and < 200) && r.LevelDb is null or (> -200 and < 200)
        && r.PitchSemitones is null or (> -100 and < 100) && r.PitchSpreadSemitones is null or (>= 0 and < 100)
        && r.TiltDb is null or (> -200 and < 200);

    private readonly record struct Heard(TimeSpan At, VoiceReading Reading, LipMotion Lips);
}
