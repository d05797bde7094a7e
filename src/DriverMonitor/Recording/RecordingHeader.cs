using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Recording;

/// <summary>What somebody must know to judge a drive again as it was judged.</summary>
internal sealed record RecordingHeader
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
    };

    /// <summary>The version of the program that runs.</summary>
    public static string ThisProgram { get; } =
        typeof(RecordingHeader)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    /// <summary>Version of the program that recorded.</summary>
    public string Program { get; init; } = ThisProgram;

    /// <summary>Pseudonym of the driver who was expected.</summary>
    public required string Driver { get; init; }

    /// <summary>The vehicle's name on the wire; null in recordings of older programs, and of a video.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Vehicle { get; init; }

    /// <summary>When the drive began, by a clock that may have been wrong.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Counts the drive's files from 1.</summary>
    public int Part { get; init; } = 1;

    /// <summary>The models in use, by name and hash.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The model and settings that events name.</summary>
    public string? Model { get; init; }

    public string? Configuration { get; init; }

    /// <summary>What was judged when this file began.</summary>
    public Modalities Allowed { get; init; }

    /// <summary>The settings of the judgement, all of them.</summary>
    [JsonConverter(typeof(JudgementJson))]
    public required MonitorSettings Judgement { get; init; }

    /// <summary>What earlier drives taught about the driver, as loaded at the start.</summary>
    public DriverProfile? Profile { get; init; }

    /// <summary>Without what was learned by senses that the driver does not allow.</summary>
    public RecordingHeader WithWhatIsAllowed() => this with
    {
        Profile = (Allowed & Modalities.Camera) == 0 ? null
            : WithoutVoice(WithoutHeart(Profile)),
    };

    private DriverProfile? WithoutHeart(DriverProfile? profile) => (Allowed & Modalities.Heart) != 0 || profile is null
        ? profile
        : profile with { Heart = null, SkinConductance = null, SkinResponses = null };

    private DriverProfile? WithoutVoice(DriverProfile? profile) =>
        (Allowed & Modalities.Voice) != 0 || profile?.Voice is null ? profile : profile with { Voice = null };

    [JsonIgnore] public WireOrigin Origin => new(Model, Configuration);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Shape);

    /// <summary>Throws <see cref="InvalidDataException"/>.</summary>
    public static RecordingHeader Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var header =
                JsonSerializer.Deserialize<RecordingHeader>(json, Shape) ?? throw new InvalidDataException("its header is empty");
            SettingsFile.Check(header.Judgement, "its header");
            return header is { Part: >= 1 } && (header.Profile is null || header.Profile.IsSound())
                ? header : throw new InvalidDataException("its header holds numbers that cannot be");
        }
        catch (Exception e)
            when (e is JsonException or FormatException or NotSupportedException or ArgumentException or ConfigurationException)
        {
            throw new InvalidDataException($"its header cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
