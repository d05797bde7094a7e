using System.Globalization;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Tests.Support;

/// <summary>
/// Puts what a microphone measured beside a scripted drive, a reading every half second: "10s quiet; 4s talk 4; 3s breath". Words:
/// quiet, talk N (syllables a second), breath, pitch S (semitones), level D, spread S, pauses P (share), muted, clipped, hum, noisy,
/// unplugged, gone (no readings). What is not named is usual: pitch 14, spread 3, level 15, no pauses. The driver allows the
/// microphone at the start.
/// </summary>
public static class HeardVoice
{
    private static readonly TimeSpan Every = VoiceAnalyzer.ReadingFrames * SoundFormat.Frame;

    public static IEnumerable<Observation> With(this IEnumerable<Observation> drive, string script)
    {
        var readings = new Queue<Observation>(Of(script));
        yield return new(TimeSpan.Zero, Allowed: Modalities.All);
        foreach (var seen in drive)
        {
            // A reading comes a third of a second after its sound.
            while (readings.TryPeek(out var next) && next.At + VoiceAnalyzer.Latency <= seen.At) yield return readings.Dequeue();
            yield return seen;
        }
    }

    public static IEnumerable<Observation> Of(string script)
    {
        var (at, until) = (Every, TimeSpan.Zero);
        foreach (var part in script.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ');
            until += TimeSpan.FromSeconds(Number(words[0].TrimEnd('s')));
            for (; at <= until; at += Every)
                if (Reading(words) is { } reading) yield return new(at, Voice: reading);
        }
    }

    private static VoiceReading? Reading(string[] words)
    {
        double pitch = 14, level = 15, spread = 3, pauses = 0, syllables = 0;
        var (breath, speech) = (0.0, 0.0);
        for (var i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "quiet": break;
                case "talk": (speech, syllables) = (1, Number(words[++i])); break;
                case "breath": breath = 1; break;
                case "pitch": pitch = Number(words[++i]); break;
                case "level": level = Number(words[++i]); break;
                case "spread": spread = Number(words[++i]); break;
                case "pauses": pauses = Number(words[++i]); break;
                case "clipped": return new(MicrophoneState.Clipped, Every);
                case "hum": return new(MicrophoneState.Hum, Every);
                case "noisy": return new(MicrophoneState.TooNoisy, Every);
                case "muted": return new(MicrophoneState.Muted, Every);
                case "unplugged": return VoiceReading.Unplugged;
                case "gone": return null;
                default: throw new FormatException($"'{words[i]}' is no word of a voice.");
            }
        }

        // Whole syllables only, so that half a second has one or two of three a second: by the fraction that is left over.
        var whole = (int)Math.Round(syllables * Every.TotalSeconds);
        return speech > 0
            ? new(
                MicrophoneState.Present, Every, speech, whole, 0, -50, level, 12, pitch, spread, -10, 1, 5,
                pauses > 0 ? 1 : 0, pauses / (1 - pauses) * Every)
            : new(MicrophoneState.Present, Every, 0, 0, breath, -50);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
