using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Core;

namespace DriverMonitor.Recording;

/// <summary>
/// The settings of a judgement, filled over the defaults: some parts, such as the units of cues, belong to the program and are in
/// no file.
/// </summary>
internal sealed class JudgementJson : JsonConverter<MonitorSettings>
{
    private static readonly JsonSerializerOptions Over = new()
    {
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
        RespectNullableAnnotations = true,
    };

    public override MonitorSettings? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<MonitorSettings>(ref reader, Over);

    public override void Write(Utf8JsonWriter writer, MonitorSettings value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value);
}
