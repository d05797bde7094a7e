using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Wire;

/// <summary>The newest state, for live views: replaced by the next one, never queued.</summary>
/// <param name="Seq">Counts the states of this run.</param>
/// <param name="Level">Of the alert that stands now.</param>
/// <param name="Risks">Kind and probability 0..1; empty while nothing can be judged.</param>
/// <param name="Queued">Events that wait for the broker.</param>
/// <param name="Oldest">Age of the oldest of them.</param>
/// <param name="Dropped">Events lost for want of room since the start.</param>
/// <param name="EyesOnRoad">Null while it cannot be said.</param>
/// <param name="BeatsPerMinute">Leaves the vehicle from P2 on; null while unknown.</param>
public sealed record WireState(
    long Seq, int Level, ImmutableArray<WireRisk> Risks, WireSenses Senses, int Queued, TimeSpan Oldest, long Dropped,
    bool? EyesOnRoad = null, double? BeatsPerMinute = null)
{
    /// <summary>
    /// From this alert level on the driver is being warned: <see cref="DriverMonitor.Core.Events.AlertLevel.Warning"/>.
    /// </summary>
    private const int Warned = 2;


    public byte[] Write(WireIdentity who)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("seq", Seq);
        json.WriteNumber("boot", who.Boot);
        json.WriteNumber("alert", Level);
        json.WriteStartObject("risk");
        foreach (var risk in Disclosed(who))
        {
            if (double.IsFinite(risk.Probability)) json.WriteNumber(risk.Kind, Math.Round(risk.Probability, 3));
        }

        json.WriteEndObject();
        json.WriteString("hr", Senses.Heart);
        json.WriteString("cam", Senses.Camera);
        json.WriteStartObject("q");
        json.WriteNumber("c0", Queued);
        json.WriteNumber("oldestS", (long)Oldest.TotalSeconds);
        json.WriteEndObject();
        json.WriteStartObject("drop");
        json.WriteNumber("c0", Dropped);
        json.WriteEndObject();
        WriteVss(json, who);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The same in the words of the COVESA Vehicle Signal Specification, so that others need not learn ours. It has none for
    /// stress and anger: those are an overlay of ours in its style.
    /// </summary>
    private void WriteVss(Utf8JsonWriter json, WireIdentity who)
    {
        json.WriteStartObject("vss");
        foreach (var risk in Disclosed(who))
        {
            if (double.IsFinite(risk.Probability))
                json.WriteNumber($"Vehicle.Driver.{Title(risk.Kind)}Level", Math.Round(100 * risk.Probability, 1));
        }

        if (EyesOnRoad is { } onRoad)
            json.WriteBoolean("Vehicle.Driver.IsEyesOnRoad", onRoad);
        if (who.Discloses(Disclosure.Measures) && BeatsPerMinute is { } rate)
            json.WriteNumber("Vehicle.Driver.HeartRate", (int)Math.Round(rate));
        json.WriteBoolean("Vehicle.ADAS.DMS.IsWarning", Level >= Warned);
        json.WriteBoolean("Vehicle.ADAS.DMS.IsError", Senses.Camera is "lost" or "covered" or "frozen");
        json.WriteEndObject();
    }

    private IEnumerable<WireRisk> Disclosed(WireIdentity who) =>
        Risks.Where(risk => who.Discloses(risk.Kind is "stress" or "anger" ? Disclosure.Emotions : Disclosure.States));

    private static string Title(string kind) => string.Concat(kind[..1].ToUpperInvariant(), kind[1..]);
}

/// <summary>One risk: <c>fatigue</c>, <c>stress</c>, <c>anger</c> or <c>distraction</c>, 0..1.</summary>
public readonly record struct WireRisk(string Kind, double Probability);
