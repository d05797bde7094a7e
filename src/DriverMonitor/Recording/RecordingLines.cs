using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DriverMonitor.Core;

namespace DriverMonitor.Recording;

/// <summary>
/// A recording for people and their tools: one JSON object a line, the header first, then what was recorded, in the order in
/// which it came. Times are seconds since the drive began; what was not measured is left out.
/// </summary>
internal static class RecordingLines
{
    // A sensor's or a file's NaN is written as a word: a line that cannot be written would end the whole list.
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new SecondsJson(),
            new PresentNumbersJson(),
        },
    };

    public static IEnumerable<string> Of(RecordingReader recording)
    {
        yield return Line(
            new
            {
                Kind = "header",
                recording.Header.Program,
                recording.Header.Driver,
                recording.Header.StartedAt,
                recording.Header.Part,
                recording.Header.Models,
                recording.Header.Model,
                recording.Header.Configuration,
                recording.Header.Allowed,
                recording.Header.Profile,
                recording.Header.Judgement,
            }
        );
        foreach (var item in recording.Read())
            yield return Of(item);
    }

    private static string Of(RecordingItem item) =>
        item switch
        {
            RecordingItem.Seen seen => Of(seen.Observation),
            RecordingItem.Gap gap => Line(
                new
                {
                    Kind = "gap",
                    gap.Why,
                    gap.Observations,
                }
            ),
            RecordingItem.Check check => Line(
                new
                {
                    Kind = "check",
                    check.Said.Lines,
                    Crc32c = check.Said.Checksum.ToString("x8", null),
                }
            ),
            RecordingItem.Damage damage => Line(
                new
                {
                    Kind = "damage",
                    damage.Bytes,
                    damage.IsTail,
                }
            ),
            _ => throw new InvalidOperationException($"A recording holds no {item.GetType().Name}."),
        };

    /// <summary>Whatever an observation holds, so that nothing new is left out.</summary>
    private static string Of(in Observation seen)
    {
        var line = new JsonObject { ["kind"] = "seen" };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(seen, Shape)!.AsObject())
            if (value is not null && value.GetValueKind() != JsonValueKind.False) line[name] = value.DeepClone();
        return line.ToJsonString(Shape);
    }

    private static string Line<T>(T what) => JsonSerializer.Serialize(what, Shape);

    private sealed class SecondsJson : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.TotalSeconds);
    }

    /// <summary>Intervals that a packet did not have are none.</summary>
    private sealed class PresentNumbersJson : JsonConverter<ImmutableArray<double>>
    {
        public override ImmutableArray<double> Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => [.. JsonSerializer.Deserialize<double[]>(ref reader, options) ?? []];

        public override void Write(Utf8JsonWriter writer, ImmutableArray<double> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.IsDefault ? [] : value.ToArray(), options);
    }
}
