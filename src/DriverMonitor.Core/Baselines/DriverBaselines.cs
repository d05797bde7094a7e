using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

/// <summary>What is normal for one driver, learned only in moments in which nothing speaks against it.</summary>
internal sealed class DriverBaselines
{
    // Degrees a second of the head, and how gaze spreads: wide guesses until the person is known. Judgement.
    private static readonly RobustScale HeadMotionOfPeople = new(10, 8);
    private static readonly RobustScale GazeSpreadOfPeople = new(5, 2.5);
    private static readonly RobustScale RoadCentreOfPeople = new(0.8, 0.15);
    private static readonly RobustScale AngryLookOfPeople = new(0.05, 0.05);
    private const double HeadMotionFloor = 2, RoadCentreFloor = 0.05, AngryLookFloor = 0.02;

    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    private readonly BaselineSettings _settings;
    private DriverProfile? _profile;
    private TimeSpan _faceSeen;

    public DriverBaselines(BaselineSettings settings, DriverProfile? profile)
    {
        (_settings, _profile) = (settings, profile);
        LnBlinkDuration = Face(PopulationBaselines.LnBlinkDuration, settings.LnBlinkDurationFloor, profile?.LnBlinkDuration);
        BlinkRate = Face(PopulationBaselines.BlinkRate, settings.BlinkRateFloor, profile?.BlinkRate);
        HeadMotion = Face(HeadMotionOfPeople, HeadMotionFloor, profile?.HeadMotion);
        GazeSpread = Face(GazeSpreadOfPeople, settings.GazeSpreadDegreesFloor, profile?.GazeSpread);
        RoadCentre = Face(RoadCentreOfPeople, RoadCentreFloor, profile?.RoadCentre);
        AngryLook = Face(AngryLookOfPeople, AngryLookFloor, profile?.AngryLook);
        Heart = new(settings, profile?.Heart);
        Skin = new(settings, profile?.SkinConductance, profile?.SkinResponses);
        Voice = new(settings, profile?.Voice);
    }

    public PersonalBaseline LnBlinkDuration { get; }
    public PersonalBaseline BlinkRate { get; }
    public PersonalBaseline HeadMotion { get; }
    public PersonalBaseline GazeSpread { get; }
    public PersonalBaseline RoadCentre { get; }
    public PersonalBaseline AngryLook { get; }
    public HeartBaseline Heart { get; private set; }
    public SkinBaseline Skin { get; private set; }
    public VoiceBaseline Voice { get; private set; }

    /// <summary>How well this driver's face is known, as a factor on confidence.</summary>
    public double FaceCalibration =>
        Math.Max(
            LnBlinkDuration.Calibration,
            _faceSeen >= _settings.FaceWarmAfter ? _settings.WarmCalibration : _settings.ColdCalibration);

    /// <summary>What earlier drives and this one taught; a quantity hardly seen in this drive stays as it was.</summary>
    public DriverProfile ToProfile() => (_profile ?? new()) with
    {
        LnBlinkDuration = Kept(LnBlinkDuration, _profile?.LnBlinkDuration),
        BlinkRate = Kept(BlinkRate, _profile?.BlinkRate),
        HeadMotion = Kept(HeadMotion, _profile?.HeadMotion),
        GazeSpread = Kept(GazeSpread, _profile?.GazeSpread),
        RoadCentre = Kept(RoadCentre, _profile?.RoadCentre),
        AngryLook = Kept(AngryLook, _profile?.AngryLook),
        SkinConductance = Kept(Skin.Norms.Tonic, _profile?.SkinConductance),
        SkinResponses = Kept(Skin.Norms.Responses, _profile?.SkinResponses),
        Voice = Voice.ToProfile(_profile?.Voice),
        Heart = Heart.Valid >= Enough ? Heart.ToProfile() : _profile?.Heart,
    };

    /// <summary>The driver allows the pulse no longer: what this drive and earlier ones taught of it goes.</summary>
    public void ResetHeart()
    {
        _profile = _profile is { } known ? known with { Heart = null, SkinConductance = null, SkinResponses = null } : null;
        (Heart, Skin) = (new(_settings), new(_settings, null, null));
    }

    /// <summary>The driver allows the microphone no longer: what this drive and earlier ones taught of the voice goes.</summary>
    public void ResetVoice()
    {
        _profile = _profile is { } known ? known with { Voice = null } : null;
        Voice = new(_settings);
    }

    /// <summary>A second in which the eyes were seen; it warms up whatever it shows.</summary>
    public void CountFace() => _faceSeen += TimeSpan.FromSeconds(1);

    /// <summary>Learns a value of the face, if it is there and good.</summary>
    public void Learn(PersonalBaseline norm, TimeSpan at, in Cue value)
    {
        if (value.IsPresent && value.Belief >= _settings.LearnFromQuality) norm.Learn(at, value.Value!.Value);
    }

    private static BaselineProfile? Kept(PersonalBaseline norm, BaselineProfile? before) =>
        norm.Valid >= Enough ? norm.ToProfile() : before;

    private PersonalBaseline Face(RobustScale people, double floor, BaselineProfile? profile) =>
        new(_settings, people, floor, _settings.FaceWarmAfter, profile);
}
