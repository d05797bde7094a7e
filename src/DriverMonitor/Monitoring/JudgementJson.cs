using System.Text.Json.Serialization;
using DriverMonitor.Core;

namespace DriverMonitor.Monitoring;

/// <summary>
/// Writes the judgement's settings as the serializer does by itself, compiled with the program: found out at run time it costs
/// every start a tenth of a second.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(MonitorSettings))]
internal sealed partial class JudgementJson : JsonSerializerContext;
