using System.Text.RegularExpressions;

namespace DriverMonitor.HeartRate;

/// <summary>Which column of a heart file is what, by its header: the names that apps and straps' loggers give them.</summary>
/// <param name="Time">Index; null for none.</param>
/// <param name="Rate">Index; null for none.</param>
/// <param name="Interval">Index; null for none.</param>
/// <param name="SecondsPerTime">Unit of a time that is a number.</param>
/// <param name="MsPerInterval">Where the header states it.</param>
internal sealed partial record HeartColumns(int? Time, int? Rate, int? Interval, double SecondsPerTime, double? MsPerInterval)
{
    private static readonly string[] Times =
    [
        "at", "t", "time", "times", "timestamp", "phonetimestamp", "elapsed", "elapsedtime", "sincestart", "zeit", "uhrzeit",
        "datetime", "date", "datum", "temps", "heure", "tempo", "ora", "tiempo", "hora", "tijd", "tid",
    ];
    private static readonly string[] Rates =
    [
        "bpm", "hr", "heartrate", "heartratebpm", "pulse", "puls", "herzfrequenz", "herzrate", "hf", "fc",
        "fréquencecardiaque", "frequencecardiaque", "frecuenciacardiaca", "frequenzacardiaca", "battito", "hartslag",
        "hjärtfrekvens", "beatsperminute",
    ];
    private static readonly string[] Intervals =
        ["rr", "rri", "rrinterval", "rrintervals", "ibi", "nn", "nni", "nninterval",
        "ppi", "ppinterval", "interval", "intervals", "duration", "beattobeat",
        "rrintervall", "rrintervalle", "rrabstand", "intervallerr", "intervallorr", "intervalorr", "rrinterval"];

    /// <summary>What a header names; null if none of its columns is a rate or an interval.</summary>
    public static HeartColumns? Of(string[] header)
    {
        var names = header.Select(NameOf).ToArray();
        var (time, rate, interval) = (Find(names, Times), Find(names, Rates), Find(names, Intervals));
        return rate is null && interval is null
            ? null
            : new(
                time,
                rate,
                interval,
                time is { } t && UnitOf(header[t]) is { } seconds ? seconds / 1000 : 1,
                interval is { } i ? UnitOf(header[i]) : null);
    }

    private static int? Find(string[] names, string[] known) =>
        known.Select(name => Array.IndexOf(names, name)).Where(index => index >= 0).Select(index => (int?)index).FirstOrDefault();

    private static string NameOf(string title) =>
        NotName().Replace(Unit().Replace(title.Trim('"', ' '), ""), "").ToLowerInvariant();

    /// <summary>Milliseconds; null where none is stated.</summary>
    private static double? UnitOf(string title) =>
        Unit().Match(title.Trim('"', ' ')).Value.Trim('[', ']', '(', ')', '_', ' ').ToLowerInvariant() switch
        {
            "ms" or "msec" or "milliseconds" => 1,
            "s" or "sec" or "seconds" => 1000,
            "us" or "µs" or "μs" => 0.001,
            "ns" => 1e-6,
            "1/1024" or "1/1024 s" or "1/1024s" => 1000.0 / 1024,
            _ => null,
        };

    [GeneratedRegex(@"\s*[\[\(][^\]\)]*[\]\)]|[_ ](ms|s|us|ns)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"[^\p{L}]", RegexOptions.CultureInvariant)]
    private static partial Regex NotName();
}
