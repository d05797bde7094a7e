using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DriverMonitor.Core.Scoring;

/// <summary>A curve in a settings file: <c>"0 -0.4, 0.06 0, 0.2 1"</c>, value and evidence of each point.</summary>
public sealed class EvidenceCurveText : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? EvidenceCurve.Parse(text) : base.ConvertFrom(context, culture, value);
}

/// <summary>The same in JSON.</summary>
public sealed class EvidenceCurveJson : JsonConverter<EvidenceCurve>
{
    public override EvidenceCurve Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EvidenceCurve.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, EvidenceCurve value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
