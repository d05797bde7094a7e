using System.Globalization;

namespace DriverMonitor.Camera;

/// <summary>What a recorded input promised and did not give.</summary>
/// <param name="Read">Pictures that came.</param>
/// <param name="Expected">Pictures by its own account; null where it gives none.</param>
/// <param name="Until">Time of the last picture.</param>
/// <param name="Length">By its own account; null where it gives none.</param>
/// <param name="Damages">Places that could not be decoded.</param>
internal sealed record InputLoss(long Read, int? Expected, TimeSpan Until, TimeSpan? Length, int Damages)
{
    /// <summary>Sound often goes on a little longer than the pictures.</summary>
    private const double LeastShare = 0.97;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(0.5);

    private bool EndsEarly { get; init; }

    /// <summary>Null where everything came.</summary>
    public static InputLoss? Of(long read, int? expected, TimeSpan until, TimeSpan? length, double? perSecond, int damages)
    {
        var covered = until + TimeSpan.FromSeconds(1 / (perSecond ?? 25));
        var isShort = length is { } whole && covered < whole - LeastTime && covered < whole * LeastShare;
        return isShort || damages > 0 ? new(read, expected, covered, length, damages) { EndsEarly = isShort } : null;
    }

    /// <summary>One clause, such as "ends early: 20 of about 60 pictures, 1.0 of 3.0 s were read".</summary>
    public override string ToString()
    {
        var pictures = Expected is { } all ? $"{Read} of about {Math.Max(all, Read)} pictures" : $"{Read} pictures";
        var time = Length is { } length
            ? string.Create(CultureInfo.InvariantCulture, $", {Until.TotalSeconds:F1} of {length.TotalSeconds:F1} s")
            : "";
        return $"{(EndsEarly ? "ends early" : "is damaged")}: {pictures}{time} were read";
    }
}
