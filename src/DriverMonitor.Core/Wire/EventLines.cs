using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Wire;

/// <summary>Writes events as JSON, one object a line, times in seconds since the start with three decimals.</summary>
public sealed class EventLines : IDisposable
{
    private readonly IBufferWriter<byte> _out;
    private readonly Utf8JsonWriter _json;
    private readonly WireOrigin _origin;
    private readonly Disclosure _tells;

    /// <param name="output">Takes the lines.</param>
    /// <param name="origin">What judged; named in every score and alert, so that a disputed one can be judged again.</param>
    /// <param name="tells">What the lines may tell: they go to whoever is handed the file.</param>
    public EventLines(IBufferWriter<byte> output, WireOrigin origin = default, Disclosure tells = Disclosure.Everything)
    {
        (_out, _origin, _tells) = (output, origin, tells);
        // "km/h" and the like stay readable: the lines go to files and terminals, never into a page.
        _json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes one event and the end of its line.</summary>
    public void Write(MonitorEvent happened)
    {
        if (happened is MonitorEvent.Status status && !May(DisclosurePolicy.ContentOf(status.Kind))) return;
        Begin(happened.At);
        Body(happened);
        End();
    }

    /// <summary>Writes a second's figures: the heart's while the strap speaks, and the scores.</summary>
    public void Write(Scores second)
    {
        if (second.Heart is { } heart)
        {
            Begin(second.At);
            HeartJson.Write(_json, in heart);
            End();
        }

        Begin(second.At);
        ScoreJson.Write(_json, second, May(Disclosure.Emotions));
        Origin();
        End();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(TimeSpan at)
    {
        _json.Reset(_out);
        _json.WriteStartObject();
        _json.Write("at", at.TotalSeconds);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _out.Write("\n"u8);
    }

    private void Body(MonitorEvent happened)
    {
        switch (happened)
        {
            case MonitorEvent.Eyelids e:
                Spell(EventNames.Of(e.Kind), e.StartedAt, e.Duration);
                _json.WriteBoolean("aborted", e.Aborted);
                break;
            case MonitorEvent.Yawn e:
                Spell("yawn", e.StartedAt, e.Duration);
                _json.Write("weight", e.Weight, 1);
                break;
            case MonitorEvent.Nod e:
                Spell("nod", e.StartedAt, e.Duration);
                break;
            case MonitorEvent.LookAway e:
                Spell("look_away", e.StartedAt, e.Duration);
                _json.Write("yaw", e.YawDegrees, 1);
                _json.Write("pitch", e.PitchDegrees, 1);
                break;
            case MonitorEvent.Alert e:
                Alert(e);
                break;
            case MonitorEvent.Dispute e:
                _json.WriteString("kind", "disputed");
                _json.WriteString("rule", IsNamed(e.Rule) ? AlertTable.NameOf(e.Rule) : DisclosurePolicy.DriverState);
                _json.WriteNumber("level", (int)e.Level);
                _json.Write("raisedAt", e.RaisedAt.TotalSeconds);
                break;
            case MonitorEvent.HeartTotal e:
                HeartJson.Write(_json, e.Summary);
                break;
            case MonitorEvent.Status e:
                _json.WriteString("kind", "status");
                _json.WriteString("status", EventNames.Of(e.Kind));
                if (e.Detail is not null) _json.WriteString("detail", e.Detail);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(happened), $"{happened.GetType().Name} has no line yet.");
        }
    }

    private void Spell(string kind, TimeSpan startedAt, TimeSpan duration)
    {
        _json.WriteString("kind", kind);
        _json.Write("startedAt", startedAt.TotalSeconds);
        _json.WriteNumber("durationMs", (long)Math.Round(duration.TotalMilliseconds, MidpointRounding.AwayFromZero));
    }

    private void Alert(MonitorEvent.Alert e)
    {
        _json.WriteString("kind", "alert");
        _json.WriteString("phase", EventNames.Of(e.Phase));
        var isNamed = IsNamed(e.Rule);
        _json.WriteString("state", isNamed ? AlertTable.StateOf(e.Rule) : DisclosurePolicy.DriverState);
        _json.WriteNumber("level", (int)e.Level);
        _json.WriteString("rule", isNamed ? AlertTable.NameOf(e.Rule) : DisclosurePolicy.DriverState);
        if (isNamed) Grounds(e);
        Origin();
    }

    private void Grounds(MonitorEvent.Alert e)
    {
        _json.WriteStartArray("why");
        foreach (var reason in e.Why) Why(reason);
        _json.WriteEndArray();
        _json.WriteStartArray("limits");
        foreach (var limit in e.Limits) _json.WriteStringValue(EventNames.Of(limit));
        _json.WriteEndArray();
        if (e.Score is { } score) _json.Write("score", score);
        if (e.Confidence is { } confidence) _json.Write("conf", confidence);
    }

    private bool May(Disclosure what) => (_tells & what) == what;

    private bool IsNamed(AlertRule rule) => May(DisclosurePolicy.ContentOf(rule));

    private void Origin()
    {
        if (_origin.Model is not null) _json.WriteString("model", _origin.Model);
        if (_origin.Configuration is not null) _json.WriteString("cfg", _origin.Configuration);
    }

    private void Why(in Reason reason)
    {
        _json.WriteStartObject();
        _json.WriteString("f", reason.Cue);
        _json.Write("v", reason.Value, 3);
        if (reason.Limit is { } limit) _json.Write("th", limit, 3);
        _json.WriteString("unit", reason.Unit);
        _json.WriteEndObject();
    }
}
