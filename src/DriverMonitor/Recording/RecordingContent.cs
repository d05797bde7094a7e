using DriverMonitor.Core;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>How much of what a recording holds.</summary>
/// <param name="Pictures">Pictures that were looked at.</param>
/// <param name="Faces">Those with the driver's face.</param>
/// <param name="Hearts">Heart packets.</param>
/// <param name="Vehicles">Readings of the vehicle.</param>
/// <param name="Withheld">Moments that were not recorded, or only their time, because the driver allowed nothing.</param>
/// <param name="Missing">Observations that the disk did not take.</param>
/// <param name="DamagedBytes">Bytes that do not hold together.</param>
internal sealed record RecordingContent(
    long Pictures, long Faces, long Hearts, long Vehicles, long Withheld, long Missing, long DamagedBytes)
{
    public static RecordingContent Of(RecordingReader recording)
    {
        var sum = new RecordingContent(0, 0, 0, 0, 0, 0, 0);
        var allowed = recording.Header.Allowed;
        foreach (var item in recording.Read())
        {
            if (item is RecordingItem.Seen { Observation.Allowed: { } now }) allowed = now;
            sum = item switch
            {
                RecordingItem.Seen seen => sum.And(seen.Observation, allowed),
                RecordingItem.Gap { Why: GapReason.NotAllowed } gap => sum with { Withheld = sum.Withheld + gap.Observations },
                RecordingItem.Gap gap => sum with { Missing = sum.Missing + gap.Observations },
                RecordingItem.Damage damage => sum with { DamagedBytes = sum.DamagedBytes + damage.Bytes },
                _ => sum,
            };
        }

        return sum;
    }

    private RecordingContent And(in Observation seen, Modalities allowed) => this with
    {
        Pictures = Pictures + (seen.Face is { Sight: not (Sight.NoFrame or Sight.Asleep) } ? 1 : 0),
        Faces = Faces + (seen.Face is { Sight: Sight.Driver } ? 1 : 0),
        Hearts = Hearts + (seen.Heart is { DeviceId.Length: > 0 } ? 1 : 0),
        Vehicles = Vehicles + (seen.Vehicle is not null ? 1 : 0),
        Withheld = Withheld + ((allowed & (Modalities.Camera | Modalities.Heart)) == 0 ? 1 : 0),
    };
}
